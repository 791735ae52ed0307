/// Jenkins' lookup3 over three words, as the kernel and BPF programs hash with it.
///
/// Source: Cilium `bpf/lib/jhash.h`, Linux `include/linux/jhash.h`, `jhash_3words`.
package func jenkinsHash(_ first: UInt32, _ second: UInt32, _ third: UInt32, seed: UInt32) -> UInt32 {
  let start: UInt32 = 0xdead_beef &+ 12 &+ seed
  var a = first &+ start
  var b = second &+ start
  var c = third &+ start
  c = (c ^ b) &- b.rotated(14)
  a = (a ^ c) &- c.rotated(11)
  b = (b ^ a) &- a.rotated(25)
  c = (c ^ b) &- b.rotated(16)
  a = (a ^ c) &- c.rotated(4)
  b = (b ^ a) &- a.rotated(14)
  c = (c ^ b) &- b.rotated(24)
  return c
}

extension UInt32 {
  fileprivate func rotated(_ bits: UInt32) -> UInt32 { self << bits | self >> (32 - bits) }
}
