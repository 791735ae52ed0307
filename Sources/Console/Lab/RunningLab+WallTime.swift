import NetModel

extension RunningLab {
  /// The moment of the calendar at which the lab's time began.
  var startTime: WallTime { network?.cluster?.startTime ?? .start }

  /// What clocks in the lab show now, in UTC.
  var wallTime: WallTime { WallTime(now, since: startTime) }
}
