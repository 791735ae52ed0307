import Console

/// The start-up files of a lab shell. They are read behind the user's own, so that the lab has the last word.
enum StartupFiles {
  static let all = [("rc", rc), ("env", env), ("guard", guardText), ("nowhere", nowhere), ("guest", guest)]

  /// An interactive shell: the user's own start-up file first.
  ///
  /// Its lines stay out of the user's history: a lab's `reboot` must not be found there by another shell.
  private static let rc = """
    if [ -r ~/.bashrc ]; then . ~/.bashrc; fi
    . "$PACKETWALK_FOLDER/nowhere"
    . "$PACKETWALK_FOLDER/guard"
    unset HISTFILE
    printf '%s\\n' "$PACKETWALK_BANNER"
    PS1='(lab) $PACKETWALK_HOSTNAME:\\w\\$ '
    PROMPT_COMMAND='. "$PACKETWALK_FOLDER/guard"'

    """

  /// A shell that runs a script: what the user has for those comes first.
  private static let env = """
    if [ -n "$PACKETWALK_USER_ENV" ] && [ -r "$PACKETWALK_USER_ENV" ]; then . "$PACKETWALK_USER_ENV"; fi
    . "$PACKETWALK_FOLDER/nowhere"
    . "$PACKETWALK_FOLDER/guard"

    """

  /// No name of the lab's leads to anything but the lab's own command.
  private static let guardText = """
    case $PATH in
    "$PACKETWALK_FOLDER/bin":*) ;;
    *) PATH="$PACKETWALK_FOLDER/bin:$PATH"; export PATH ;;
    esac
    unalias \(names.joined(separator: " ")) 2>/dev/null
    unset -f \(names.filter { !$0.contains("-") }.joined(separator: " "))
    if [ -n "$BASH_VERSION" ]; then
      unset -f \(names.filter { $0.contains("-") }.joined(separator: " "))
      hash -r
    fi
    true

    """

  /// What tells the real tools of a real cluster points nowhere.
  private static let nowhere = """
    export KUBECONFIG="$PACKETWALK_FOLDER/none" DOCKER_HOST="unix://$PACKETWALK_FOLDER/none"
    if [ -n "$BASH_VERSION" ]; then
      eval 'unset ${!CILIUM_@} ${!HELM_@} ${!HUBBLE_@}'
    fi
    unset DOCKER_CONTEXT KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT
    export BASH_ENV="$PACKETWALK_FOLDER/guard" ENV="$PACKETWALK_FOLDER/guard"

    """

  /// A shell on another machine or in a pod, which is restricted behind these lines.
  private static let guest = """
    PATH="$PACKETWALK_FOLDER/bin:$PACKETWALK_FOLDER/filters"
    PROMPT_COMMAND=
    PS1='(lab) $PACKETWALK_HOSTNAME:\\$ '
    unset HISTFILE
    command_not_found_handle() { printf '%s: not modelled here\\n' "$1" >&2; return 127; }

    """

  private static let names = LabCommand.all.map(\.name)
}
