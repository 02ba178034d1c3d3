//! What `--help` says of each command, as a text that a reviewer reads.

use std::process::Command;

use crate::harness::PROGRAM;

const COMMANDS: [&[&str]; 20] = [
    &["run"],
    &["demo"],
    &["check"],
    &["parse"],
    &["import"],
    &["export"],
    &["bulk"],
    &["bulk", "track"],
    &["bulk", "received"],
    &["bulk", "status"],
    &["bulk", "charges"],
    &["bulk", "list"],
    &["bulk", "undo"],
    &["bulk", "waiting"],
    &["open"],
    &["stats"],
    &["reparse"],
    &["backup"],
    &["restore"],
    &["post"],
];

/// Columns of a wide terminal: longer lines wrap.
const WIDEST: usize = 120;

fn help(arguments: &[&str]) -> String {
    let output = Command::new(PROGRAM).args(arguments).arg("-h").output().expect("run the program");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    help.replace("refract-ledger.exe", "refract-ledger").trim_end().to_owned()
}

#[test]
#[cfg(feature = "demo")]
fn the_help_of_every_command_is_shown() {
    let all = help(&[]);
    let each =
        COMMANDS.iter().map(|command| format!("## {}\n{}", command.join(" "), help(command)));
    let shown: Vec<String> = std::iter::once(all).chain(each).collect();
    let shown = shown.join("\n\n");
    for line in shown.lines() {
        assert!(line.chars().count() <= WIDEST, "{line}");
    }
    insta::assert_snapshot!(shown);
}
