/// Gives equal values equal numbers, from 0 in the order in which they come.
struct Numbering<Value: Hashable> {
  private var numbers: [Value: Int32] = [:]
  private var count: Int32 = 0

  mutating func number(of value: Value) -> Int32 {
    if let known = numbers[value] { return known }
    numbers[value] = count
    count += 1
    return count - 1
  }

  /// A number that no value has or will get.
  mutating func unlikeAnyOther() -> Int32 {
    count += 1
    return count - 1
  }
}

/// A value of a few numbers.
protocol NumberTuple: Equatable {
  /// Its numbers mixed into one word.
  var word: UInt64 { get }
}

/// As `Numbering`, for the millions of small values that most of the time goes into: a table with open addressing.
struct TupleNumbering<Value: NumberTuple> {
  private var values: [Value] = []
  /// Places among the values; -1 for a free slot. A power of two of them, at most half taken.
  private var slots = [Int32](repeating: -1, count: 1024)
  /// The numbers of values, behind those that no value has.
  private var numbers: [Int32] = []
  private var count: Int32 = 0

  mutating func number(of value: Value) -> Int32 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: value.word >> 20) & mask
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if values[place] == value { return numbers[place] }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(values.count)
    values.append(value)
    numbers.append(count)
    count += 1
    if values.count * 2 > slots.count { grow() }
    return count - 1
  }

  /// A number that no value has or will get.
  mutating func unlikeAnyOther() -> Int32 {
    count += 1
    return count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    let mask = slots.count - 1
    for (place, value) in values.enumerated() {
      var slot = Int(truncatingIfNeeded: value.word >> 20) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(place)
    }
  }
}

/// Two numbers that together stand for something.
struct NumberPair: NumberTuple {
  let first: Int32
  let second: Int32

  var word: UInt64 { mixed(mixed(0, first), second) }
}

/// Mixes a further number into a word to hash by.
func mixed(_ word: UInt64, _ number: Int32) -> UInt64 {
  let product = (word ^ UInt64(UInt32(bitPattern: number))) &* 0x9e37_79b9_7f4a_7c15
  return product ^ product >> 29
}
