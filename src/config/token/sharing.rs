//! Whether a file that others may read may hold the token.
//!
//! It is refused where its owner could take it away from others, and has not. Where nobody can, refusing
//! would only keep people from running the bot: container runtimes hand secrets over as files of mode 0444
//! or 0644 that are mounted read-only, and mounts of Windows's and macOS's folders show 0777 whatever is set.

use std::io;
use std::path::Path;

use crate::platform::{self, Access, Hiding};

/// Where container runtimes put secrets: their own answer to who may read them.
const SECRETS: [&str; 2] = ["/run/secrets", "/var/run/secrets"];

/// Whether a token is taken from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sharing {
    /// Nobody is in the way.
    Fine,
    /// Every user may read it, and that cannot be changed.
    Unavoidable,
    /// Every user may read it, and its owner could change that.
    Careless,
}

/// Looks at a file.
pub(super) fn sharing(path: &Path) -> Sharing {
    let Ok(found) = path.metadata() else { return Sharing::Fine };
    // A pipe is read once.
    if !found.is_file() {
        return Sharing::Fine;
    }
    let places = [Some(path.to_owned()), path.canonicalize().ok()];
    let is_secret = places.iter().flatten().any(|place| is_in_secrets(place));
    judge(platform::access(&found), is_secret, || platform::try_to_hide(path))
}

fn is_in_secrets(path: &Path) -> bool {
    SECRETS.iter().any(|folder| path.starts_with(folder))
}

fn judge(
    access: Access,
    is_secret: bool,
    try_to_hide: impl FnOnce() -> io::Result<Hiding>,
) -> Sharing {
    match access {
        Access::Owner | Access::Some | Access::AsItsFolder => Sharing::Fine,
        Access::Everybody if is_secret => Sharing::Fine,
        Access::Everybody => match try_to_hide() {
            Ok(Hiding::Impossible) => Sharing::Unavoidable,
            Ok(Hiding::Possible | Hiding::ByAnother) | Err(_) => Sharing::Careless,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_somebody_could_mend_is_refused() {
        let judged = |access, is_secret, hiding| judge(access, is_secret, || hiding);
        for hiding in [Hiding::Possible, Hiding::ByAnother] {
            assert_eq!(judged(Access::Everybody, false, Ok(hiding)), Sharing::Careless);
            assert_eq!(judged(Access::Everybody, true, Ok(hiding)), Sharing::Fine);
        }
        let unavoidable = judged(Access::Everybody, false, Ok(Hiding::Impossible));
        assert_eq!(unavoidable, Sharing::Unavoidable);
        let error = Err(io::Error::other("it is gone"));
        assert_eq!(judged(Access::Everybody, false, error), Sharing::Careless);
    }

    #[test]
    fn what_not_everybody_reads_is_not_touched() {
        for access in [Access::Owner, Access::Some, Access::AsItsFolder] {
            let touched = || -> io::Result<Hiding> { panic!("it was touched") };
            assert_eq!(judge(access, false, touched), Sharing::Fine, "{access:?}");
        }
    }

    #[test]
    fn secrets_of_containers_are_known_by_their_folder() {
        for (path, expected) in [
            ("/run/secrets/discord_token", true),
            ("/var/run/secrets/kubernetes.io/token", true),
            ("/run/secrets-of-mine/token", false),
            ("/run/token", false),
            ("run/secrets/token", false),
        ] {
            assert_eq!(is_in_secrets(Path::new(path)), expected, "{path}");
        }
    }
}
