//! What is around the program: the container, the services, the packing.

use std::collections::BTreeSet;
use std::path::Path;
#[cfg(unix)]
use std::process::Command;

#[cfg(unix)]
use refract_ledger::config::ConfigFile;

use crate::docs::{root, settings, text};

/// What a file says of something, by the lines that begin so.
fn said(path: &str, beginning: &str) -> Vec<String> {
    let file = text(path);
    let lines = file.lines().map(str::trim).filter_map(|line| line.strip_prefix(beginning));
    lines.map(|rest| rest.trim().to_owned()).collect()
}

#[test]
fn the_image_is_built_from_files_that_are_there_and_reach_docker() {
    let let_through = said(".dockerignore", "!");
    let copies = said("Dockerfile", "COPY ");
    assert!(copies.len() > 8, "{copies:?}");
    for copied in copies.iter().filter(|copied| !copied.starts_with("--from")) {
        let mut paths: Vec<&str> = copied.split_whitespace().collect();
        paths.pop();
        for path in paths {
            assert!(root().join(path).exists(), "{path}");
            let reaches = |one: &String| Path::new(path).starts_with(one);
            assert!(let_through.iter().any(reaches), "{path} in .dockerignore");
        }
    }
}

#[test]
fn everything_is_built_with_the_same_rust() {
    let tested = said(".github/workflows/ci.yml", "RUST_VERSION: ");
    let released = said(".github/workflows/release.yml", "RUST_VERSION: ");
    assert_eq!((tested.len(), &tested), (1, &released));
    let image = said("Dockerfile", "FROM rust:").remove(0);
    let (version, _) = image.split_once("-slim").expect("a version");
    assert!(tested[0].starts_with(&format!("{version}.")), "{version} and {}", tested[0]);
}

/// The words of a file that can be names of variables.
fn variables(path: &str) -> BTreeSet<String> {
    let is_part = |letter: char| letter.is_ascii_uppercase() || letter == '_';
    let file = text(path);
    let words = file.split(|letter| !is_part(letter)).filter(|word| word.contains('_'));
    words.map(str::to_owned).collect()
}

#[test]
fn the_variables_of_the_containers_are_settings() {
    let settings: BTreeSet<String> = settings()
        .into_iter()
        .map(|(section, key)| format!("REFRACT_LEDGER_{}_{key}", section.trim_matches(['[', ']'])))
        .map(|name| name.to_uppercase())
        .collect();
    for path in ["compose.yaml", ".env.example", "deploy/litestream.yml"] {
        let all = variables(path);
        let ours: Vec<_> = all
            .iter()
            .filter(|name| name.starts_with("REFRACT_LEDGER_") && name.len() > 15)
            .collect();
        assert!(!ours.is_empty(), "{path}");
        for name in ours {
            assert!(settings.contains(name), "{name} in {path}");
        }
    }
    // What the example offers has an effect.
    let offered = said(".env.example", "");
    let names = offered.iter().filter_map(|line| line.trim_start_matches('#').split_once('='));
    let names: Vec<&str> = names.map(|(name, _)| name).filter(|name| !name.contains(' ')).collect();
    assert!(names.len() > 3, "{names:?}");
    let compose = text("compose.yaml");
    for name in names {
        assert!(compose.contains(&format!("${{{name}:-")), "{name} in compose.yaml");
    }
}

/// Commands beside the service find its token and its database with `--config` alone.
#[cfg(unix)]
#[test]
fn the_steps_of_the_unit_make_a_configuration_by_which_commands_find_everything() {
    let unit = "deploy/refract-ledger.service";
    let folder = "/etc/refract-ledger";
    let token = ConfigFile::new(Some(format!("{folder}/config.toml").into())).token_file();
    let credential = format!("refract-ledger.token:{}", token.display());
    assert_eq!(said(unit, "LoadCredential="), [credential]);
    let made = said(unit, "#   install -m 600 /dev/stdin ");
    assert!(made[0].starts_with(&*token.to_string_lossy()), "{made:?}");
    let [step] = &said(unit, "#   sed ")[..] else { panic!("one step makes the configuration") };
    let here = tempfile::tempdir().expect("a folder");
    std::fs::write(here.path().join("config.example.toml"), text("config.toml")).expect("write");
    let step = format!("sed {}", step.replace(folder, "."));
    let mut shell = Command::new("sh");
    assert!(shell.args(["-c", &step]).current_dir(&here).status().expect("run it").success());
    let config = ConfigFile::new(Some(here.path().join("config.toml"))).load().expect("valid");
    assert_eq!(config.database.path, Path::new("/var/lib/refract-ledger/refract-ledger.db"));
    // systemd of Ubuntu 22.04 does not know the folder of credentials by this sign.
    assert!(!said(unit, "Environment=").iter().any(|set| set.contains("%d")));
    let running = text("docs/running.md");
    for command in said(unit, "#   refract-ledger ") {
        assert!(running.contains(&format!("refract-ledger {command}\n")), "{command}");
    }
}

#[test]
fn windows_reads_its_scripts() {
    for entry in std::fs::read_dir(root().join("deploy/windows")).expect("list the folder") {
        let path = entry.expect("an entry").path();
        // PowerShell 5 takes a file without a mark for one of the PC's old code page.
        assert!(std::fs::read(&path).expect("read").is_ascii(), "{}", path.display());
    }
}

#[cfg(unix)]
mod on_macos {
    use std::process::Command;

    use crate::docs::root;
    use crate::harness::{PATIENCE, PROGRAM, World, output_of};

    fn script(world: &World) -> Command {
        let mut command = world.command("sh");
        command.arg(root().join("deploy/macos/run")).env("PROGRAM", PROGRAM);
        command
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn launchd_is_asked_for_another_start_only_where_that_helps() {
        let world = World::new().await;
        let bot = world.spawn(&mut script(&world));
        assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
        bot.ask_to_stop();
        assert_eq!(bot.ended().await, Some(0), "{}", world.log());

        // Refused for good: exit code 3 of the program.
        let refused = output_of(script(&world).env("DISCORD_TOKEN", "nonsense"));
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(0), "{told}");
        assert!(told.contains("exit code 3"), "{told}");
        std::fs::write(world.folder.path().join("config.toml"), "[no]").expect("write");
        let wrong = output_of(&mut script(&world));
        let told = String::from_utf8_lossy(&wrong.stderr).into_owned();
        assert_eq!(wrong.status.code(), Some(0), "{told}");
        assert!(told.contains("exit code 2"), "{told}");
        let failed = output_of(script(&world).env("PROGRAM", "false"));
        assert_eq!(failed.status.code(), Some(1));
    }
}

#[cfg(target_os = "linux")]
mod packing {
    use std::io::Write;
    use std::path::PathBuf;
    use std::process::{Command, Stdio};

    use crate::docs::{links, root, text};
    use crate::harness::PROGRAM;

    const TARGET: &str = "x86_64-unknown-linux-gnu";

    /// Whether what packing needs is here; where it is not a line says so even of a test that passes.
    fn can_pack() -> bool {
        let here = |tool: &&str| {
            let mut command = Command::new(tool);
            command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        let missing: Vec<&str> =
            ["xz", "objcopy", "strip", "python3"].into_iter().filter(|tool| !here(tool)).collect();
        if !missing.is_empty() {
            let skipped = format!("SKIPPED: packing needs {}\n", missing.join(", "));
            let _ = std::io::stderr().write_all(skipped.as_bytes());
        }
        missing.is_empty()
    }

    /// What a script of `.ci` prints when it does well.
    fn script(name: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(root().join(".ci").join(name));
        // It is tried, not kept: as fast as it can be.
        let output = command.args(arguments).env("XZ_OPT", "-0").output().expect("run the script");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    #[test]
    fn what_is_packed_runs_where_it_is_unpacked() {
        if !can_pack() {
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let packed = folder.path().to_str().expect("text");
        script("pack", &[PROGRAM, TARGET, packed]);
        let version = env!("CARGO_PKG_VERSION");
        assert!(script("try-packed", &[packed, TARGET]).contains(version));

        // By the name and with the folder that cargo binstall looks for.
        let manifest = text("Cargo.toml");
        let named = |key: &str| {
            let line = manifest.lines().find_map(|line| line.strip_prefix(key)).expect(key);
            line.trim_matches([' ', '=', '"'])
                .replace("{ name }", "refract-ledger")
                .replace("{ target }", TARGET)
                .replace("{ archive-suffix }", ".tar.xz")
                .replace("{ bin }{ binary-ext }", "refract-ledger")
        };
        let archive = named("pkg-url").rsplit('/').next().expect("a name").to_owned();
        let listed = Command::new("tar").arg("-tf").arg(folder.path().join(&archive)).output();
        let listed = String::from_utf8(listed.expect("run tar").stdout).expect("UTF-8");
        let program = named("bin-dir");
        let name = program.split('/').next().expect("a folder").to_owned();
        for file in [
            program,
            format!("{name}/README.md"),
            format!("{name}/LICENSE-MIT"),
            format!("{name}/THIRD-PARTY.txt"),
            format!("{name}/config.example.toml"),
            format!("{name}/deploy/refract-ledger.service"),
        ] {
            assert!(listed.lines().any(|line| line == file), "{file} in:\n{listed}");
        }
        let mut untar = Command::new("tar");
        untar.arg("-xf").arg(folder.path().join(&archive)).current_dir(&folder);
        assert!(untar.status().expect("run tar").success());
        let unpacked = folder.path().join(&name);
        let files = listed.lines().map(|file| folder.path().join(file));
        let is_page = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "md");
        let pages: Vec<PathBuf> = files.filter(is_page).collect();
        assert!(pages.len() > 10, "{pages:?}");
        for page in pages {
            for link in links(&text(&page)) {
                let file = link.split('#').next().unwrap_or_default();
                let target = page.with_file_name(file);
                assert!(file.is_empty() || target.exists(), "{} links to {link}", page.display());
            }
        }
        // What Docker needs for the image of a release.
        assert!(unpacked.join("compose.yaml").exists() && unpacked.join(".env.example").exists());
        // What was not meant to be overwritten by the next version.
        for file in ["config.toml", "refract-ledger.token", "refract-ledger.db"] {
            assert!(!listed.contains(&format!("/{file}\n")), "{file}");
        }
        let summed = text(folder.path().join(format!("{archive}.sha256")));
        assert!(summed.trim_end().ends_with(&archive), "{summed}");
        assert!(folder.path().join(format!("refract-ledger-{TARGET}-debug.tar.xz")).exists());
    }

    #[test]
    fn a_release_has_the_version_of_its_tag_and_something_to_say() {
        let version = env!("CARGO_PKG_VERSION");
        let told = |tag: &str| Command::new(root().join(".ci/release-notes")).arg(tag).output();
        let other = told("v99.0.0").expect("run it");
        assert!(!other.status.success());
        let changelog = text("CHANGELOG.md");
        let heading = format!("## {version}");
        let has_notes = changelog.lines().any(|line| line.starts_with(&heading));
        assert_eq!(told(&format!("v{version}")).expect("run it").status.success(), has_notes);
    }
}
