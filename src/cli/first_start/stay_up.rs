//! What keeps the bot running after its window is closed, on each system: told, and never done unasked. Pure.

use std::path::{Path, PathBuf};

use refract_ledger::config::ConfigFile;
use refract_ledger::platform::System;

/// What is run, and where.
pub(super) struct Place {
    /// The program.
    program: PathBuf,
    /// The working directory, by which the path of the database counts.
    folder: PathBuf,
    /// The file of `--config`.
    config: Option<PathBuf>,
    /// Whether the scripts of a release lie beside the program, which is run where it lies.
    has_scripts: bool,
}

impl Place {
    /// As this process was started.
    pub(super) fn of(file: &ConfigFile) -> Self {
        let program = std::env::current_exe().unwrap_or_else(|_| "refract-ledger".into());
        let folder = std::env::current_dir().unwrap_or_else(|_| ".".into());
        let config =
            file.named().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.into()));
        let is_at_home = program.parent() == Some(folder.as_path()) && config.is_none();
        let has_scripts = is_at_home && folder.join("deploy").is_dir();
        Self { program, folder, config, has_scripts }
    }

    /// The arguments, each as it is.
    fn arguments(&self) -> Vec<String> {
        let config = self.config.iter().flat_map(|path| ["--config".to_owned(), shown(path)]);
        config.chain(["run".to_owned()]).collect()
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Before the call of a script.
const SCRIPT: &str = "Run this here. The bot starts when you sign in, and again when it fails:\n\n";

/// What to do.
pub(super) fn stay_up(system: System, place: &Place) -> String {
    let what = match system {
        System::Linux => systemd(place),
        // They know which failures get no better by another start.
        System::MacOs if place.has_scripts => format!("{SCRIPT}sh deploy/macos/install"),
        System::Windows if place.has_scripts => {
            format!("{SCRIPT}powershell -ExecutionPolicy Bypass -File deploy\\windows\\install.ps1")
        }
        System::MacOs => launchd(place),
        System::Windows => task_scheduler(place),
        System::Unix => format!(
            "Let the system's own supervisor run this in {}:\n\n{} {}",
            shown(&place.folder),
            shown(&place.program),
            place.arguments().join(" ")
        ),
    };
    format!(
        "\n{what}\n\nStop this one first (Ctrl-C): one bot at a time uses the database. A token that is in an \
         environment variable\nalone is not there then: put it into refract-ledger.token.\n"
    )
}

/// A service of the user's own.
fn systemd(place: &Place) -> String {
    let quoted = |text: &str| {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%"))
    };
    let command: Vec<String> = std::iter::once(shown(&place.program))
        .chain(place.arguments())
        .map(|word| if word.contains([' ', '"', '\\', '%']) { quoted(&word) } else { word })
        .collect();
    format!(
        "systemd: write this to ~/.config/systemd/user/refract-ledger.service\n\n\
         [Unit]\nDescription=refract-ledger\nAfter=network-online.target\n\n\
         [Service]\nType=notify\nWorkingDirectory={}\nExecStart={}\nRestart=on-failure\n\
         RestartPreventExitStatus=2 3\nUMask=0077\n\n[Install]\nWantedBy=default.target\n\n\
         and then run\n\n\
         systemctl --user daemon-reload\nsystemctl --user enable --now refract-ledger\n\
         loginctl enable-linger\n\n\
         Its log: journalctl --user -u refract-ledger -f",
        shown(&place.folder).replace('%', "%%"),
        command.join(" "),
    )
}

/// A task that starts when the user signs in.
fn task_scheduler(place: &Place) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let arguments: Vec<String> = place
        .arguments()
        .into_iter()
        .map(|word| if word.contains(' ') { format!("\"{word}\"") } else { word })
        .collect();
    format!(
        "Task Scheduler: run this in PowerShell\n\n\
         $action = New-ScheduledTaskAction -Execute {} -Argument {} -WorkingDirectory {}\n\
         $trigger = New-ScheduledTaskTrigger -AtLogOn -User $env:USERNAME\n\
         $settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `\n    \
         -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries\n\
         Register-ScheduledTask refract-ledger -Action $action -Trigger $trigger -Settings $settings\n\
         Start-ScheduledTask refract-ledger\n\n\
         It starts when you sign in. To end it: Stop-ScheduledTask refract-ledger; for good: \
         Unregister-ScheduledTask refract-ledger",
        quoted(&shown(&place.program)),
        quoted(&arguments.join(" ")),
        quoted(&shown(&place.folder)),
    )
}

/// An agent of the user's own.
fn launchd(place: &Place) -> String {
    let string = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<string>{text}</string>")
    };
    let command: Vec<String> = std::iter::once(shown(&place.program))
        .chain(place.arguments())
        .map(|word| format!("    {}", string(&word)))
        .collect();
    format!(
        "launchd: write this to ~/Library/LaunchAgents/refract-ledger.plist\n\n\
         <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n  \
         <key>Label</key><string>refract-ledger</string>\n  \
         <key>ProgramArguments</key>\n  <array>\n{}\n  </array>\n  \
         <key>WorkingDirectory</key>{}\n  \
         <key>StandardErrorPath</key>{}\n  \
         <key>RunAtLoad</key><true/>\n  \
         <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>\n  \
         <key>ThrottleInterval</key><integer>60</integer>\n  \
         <key>Umask</key><integer>63</integer>\n</dict>\n</plist>\n\n\
         and then run\n\n\
         launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/refract-ledger.plist\n\n\
         launchd tries a refused token and a wrong configuration again every minute, too: when the log says so, run\n\n\
         launchctl bootout gui/$(id -u)/refract-ledger\n\nand, when that is mended, the line above again.",
        command.join("\n"),
        string(&shown(&place.folder)),
        string(&shown(&place.folder.join("refract-ledger.log"))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_own_way_to_stay_up() {
        let unix = || Place {
            program: "/opt/my tools/refract-ledger".into(),
            folder: "/home/me/ledger".into(),
            config: Some("/home/me/ledger/own.toml".into()),
            has_scripts: false,
        };
        let windows = Place {
            program: r"C:\Tools\refract-ledger.exe".into(),
            folder: r"C:\Users\O'Neil\ledger".into(),
            config: None,
            has_scripts: false,
        };
        let unpacked = || Place { has_scripts: true, config: None, ..unix() };
        let said = [
            stay_up(System::Linux, &unix()),
            // A path of another system is joined with this one's separator.
            stay_up(System::MacOs, &unix()).replace('\\', "/"),
            stay_up(System::Unix, &unix()),
            stay_up(System::Windows, &windows),
            stay_up(System::MacOs, &unpacked()),
            stay_up(System::Windows, &unpacked()),
        ];
        insta::assert_snapshot!(said.join("\n-----\n"));
    }
}
