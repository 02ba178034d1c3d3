//! What Linux says of a running process.

use std::time::Duration;

/// User and system time so far.
pub(crate) fn processor_time(process: u32) -> Duration {
    let stat = read(process, "stat");
    let after_name = stat.rsplit_once(')').expect("a name in brackets").1;
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>().expect("ticks"))
        .sum();
    // A tick is 10 ms on every Linux that this runs on.
    Duration::from_millis(ticks * 10)
}

/// How often its threads were woken.
pub(crate) fn wakeups(process: u32) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("read /proc");
    let thread = |entry: std::io::Result<std::fs::DirEntry>| {
        let status = std::fs::read_to_string(entry.ok()?.path().join("status")).ok()?;
        field(&status, "voluntary_ctxt_switches").parse::<u64>().ok()
    };
    threads.filter_map(thread).sum()
}

/// What it takes now.
pub(crate) fn megabytes(process: u32) -> f64 {
    megabytes_of(process, "VmRSS")
}

/// The most that it ever took.
pub(crate) fn peak_megabytes(process: u32) -> f64 {
    megabytes_of(process, "VmHWM")
}

fn megabytes_of(process: u32, name: &str) -> f64 {
    let kilobytes: f64 = field(&read(process, "status"), name).parse().expect("a number");
    kilobytes / 1024.0
}

fn read(process: u32, file: &str) -> String {
    std::fs::read_to_string(format!("/proc/{process}/{file}")).expect("read /proc")
}

/// The first word behind a name at the beginning of a line.
fn field<'a>(status: &'a str, name: &str) -> &'a str {
    let of_line = |line: &'a str| line.strip_prefix(name)?.strip_prefix(':');
    let value = status.lines().find_map(of_line).expect("a line of this name");
    value.split_whitespace().next().expect("a value")
}
