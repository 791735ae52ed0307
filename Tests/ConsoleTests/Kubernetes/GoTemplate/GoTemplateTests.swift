import NetModel
import Testing

@testable import Console

struct GoTemplateTests {
  private static let document: JSONValue = .object([
    .init(
      "items",
      .array([
        .object([.init("name", "a"), .init("port", 80), .init("labels", .object([.init("app/x", "web")]))]),
        .object([.init("name", "b"), .init("port", 443), .init("labels", .object([]))]),
      ])), .init("kind", "List"), .init("on", true), .init("off", .null),
  ])

  @Test(arguments: [
    ("plain", "plain"), ("{{.kind}}", "List"), ("{{ .nosuch }}", "<no value>"), ("{{/* nothing */}}x", "x"),
    (#"{{range .items}}{{.name}}:{{.port}}{{"\n"}}{{end}}"#, "a:80\nb:443\n"),
    ("{{range $i, $e := .items}}{{$i}}={{$e.name}} {{$.kind}};{{end}}", "0=a List;1=b List;"),
    ("{{range $e := .items}}{{$e.name}}{{end}}", "ab"), ("{{range .off}}x{{else}}none{{end}}", "none"),
    ("a {{- .kind -}} \n b", "aListb"), ("{{if .on}}yes{{else}}no{{end}}", "yes"),
    ("{{if .off}}1{{else if .on}}2{{else}}3{{end}}!", "2!"),
    ("{{with index .items 1}}{{.name}}{{end}}", "b"), ("{{with .off}}x{{else}}{{.kind}}{{end}}", "List"),
    (#"{{(index .items 0).labels}} {{index (index .items 0).labels "app/x"}}"#, "map[app/x:web] web"),
    ("{{len .items}} {{len .kind}}", "2 4"), (#"{{.kind | printf "%s-%s" "x"}}"#, "x-List"),
    (#"{{printf "%-4s|%4d|%v|%q|%%" .kind 7 .on .kind}}"#, #"List|   7|true|"List"|%"#),
    ("{{if and .on (not .off)}}1{{end}}{{if or .off .kind}}2{{end}}", "12"),
    (#"{{if eq .kind "x" "List"}}1{{end}}{{if ne .kind "x"}}2{{end}}"#, "12"),
    ("{{range .items}}{{if gt .port 100}}{{.name}}{{end}}{{end}}", "b"),
    ("{{$x := 1}}{{if .on}}{{$x = 2}}{{end}}{{$x}}", "2"),
    (#"{{`a\n`}}{{"a\tb"}}{{true}}{{-3}}"#, #"a\na"# + "\tbtrue-3"),
    (#"{{println "a" 1}}{{print "a" "b"}}"#, "a 1\nab"),
    (#"{{exists . "kind"}}{{exists . "x"}}"#, "truefalse"),
  ])
  func templatesAreFilledIn(template: String, text: String) throws {
    #expect(try GoTemplate(template).text(on: Self.document) == text)
  }

  @Test(arguments: [
    ("{{range .items}}", GoTemplateError.parsing("unexpected EOF")),
    ("{{end}}", .parsing("unexpected {{end}}")),
    ("{{.kind", .parsing("unclosed action")), (#"{{"x}}"#, .parsing("unterminated quoted string")),
    ("{{if}}x{{end}}", .parsing("missing value for if")), ("{{$x}}", .parsing("undefined variable \"$x\"")),
    ("{{foo 1}}", .parsing("function \"foo\" not defined")), ("{{(.kind}}", .parsing("unclosed left paren")),
    ("{{.items.name}}", .executing("can't evaluate field name in type interface {}")),
    ("{{index .items 9}}", .executing("error calling index: index out of range: 9")),
    ("{{range .kind}}{{end}}", .executing("range can't iterate over List")),
    (#"{{template "x"}}"#, .notModelled("{{template}}")),
    ("{{range 9}}x{{end}}", .notModelled("{{range}} over a number")),
  ])
  func mistakesAreTold(template: String, error: GoTemplateError) {
    #expect(throws: error) { try GoTemplate(template).text(on: Self.document) }
  }

  @Test func nothingGoesOnForEver() throws {
    let deep = String(repeating: "{{if .on}}", count: 20000)
    #expect(throws: GoTemplateError.self) { try GoTemplate(deep) }
    let nested = "{{" + String(repeating: "(", count: 20000) + "1"
    #expect(throws: GoTemplateError.self) { try GoTemplate(nested) }
    let loops = String(repeating: "{{range $.items}}", count: 40) + String(repeating: "{{end}}", count: 40)
    #expect(throws: GoTemplateError.notModelled("of more than 1000000 steps")) {
      try GoTemplate(loops).text(on: Self.document)
    }
  }

  @Test func kubectlPrintsWhatTheTemplateSays() throws {
    var lab = try RunningLab.week4()
    let names = lab.kubectl("get nodes", "-o", "go-template={{range .items}}{{.metadata.name}} {{end}}")
    #expect(names == CommandResult(standardOutput: "k8s-ctr k8s-w0 k8s-w1 "))
    let one = lab.kubectl("get pod curl-pod -o go-template --template", "{{.kind}} {{.metadata.name}}")
    #expect(one.standardOutput == "Pod curl-pod")
    let wrong = lab.kubectl("get nodes", "-o", "go-template={{nosuch}}")
    #expect(
      wrong.standardError
        == "error: error parsing template {{nosuch}}, template: output:1: function \"nosuch\" not defined\n")
    #expect(wrong.status == 1)
  }
}
