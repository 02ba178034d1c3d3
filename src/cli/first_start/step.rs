//! What comes next: pure.

use refract_ledger::config::TokenSource;
use refract_ledger::discord::{Application, NoAnswer};

/// What Discord says of a token; `None`: it was not asked yet.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) application: Option<Result<Application, NoAnswer>>,
    pub(super) servers: Option<Result<Vec<String>, NoAnswer>>,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask for the token.
    AskForToken(Why),
    /// Discord refuses a token that was set where only its owner can change it.
    GiveUp(TokenSource),
    /// Ask Discord for the first time.
    Look,
    /// Ask Discord again after a while: somebody has to do something, or the connection to come back.
    Wait(For),
    /// Everything is there: run the bot.
    Start,
}

/// Why the token is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// There is none.
    Missing,
    /// Discord refuses the one that there is.
    Refused {
        /// It has the three parts of a token; else it is something else of the developer portal.
        is_like_one: bool,
    },
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum For {
    /// Discord cannot be asked; how that shows.
    Discord(String),
    /// *Message Content Intent* is off.
    Intent,
    /// The bot is in no server; the address that invites it.
    Invitation(String),
}

/// What comes next, by where the token is, if there is one, and by what Discord says of it.
pub(super) fn next(token: Option<(TokenSource, bool)>, seen: &Seen) -> Step {
    let Some((source, is_like_one)) = token else { return Step::AskForToken(Why::Missing) };
    let application = match &seen.application {
        None => return Step::Look,
        Some(Err(why)) => return without_answer(why, source, is_like_one),
        Some(Ok(application)) => application,
    };
    if application.reads_content == Some(false) {
        return Step::Wait(For::Intent);
    }
    match &seen.servers {
        None => Step::Look,
        Some(Err(why)) => without_answer(why, source, is_like_one),
        Some(Ok(servers)) if servers.is_empty() => Step::Wait(For::Invitation(link(application))),
        Some(Ok(_)) => Step::Start,
    }
}

fn without_answer(why: &NoAnswer, source: TokenSource, is_like_one: bool) -> Step {
    match (why, source) {
        (NoAnswer::Unreachable(why), _) => Step::Wait(For::Discord(why.clone())),
        (NoAnswer::Refused, TokenSource::OwnFile) => {
            Step::AskForToken(Why::Refused { is_like_one })
        }
        (NoAnswer::Refused, source) => Step::GiveUp(source),
    }
}

fn link(application: &Application) -> String {
    application.invitation.clone().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://discord.com/oauth2/authorize?client_id=5";

    fn application(reads_content: Option<bool>) -> Application {
        let invitation = Some(LINK.to_owned());
        Application { name: "Ledger".to_owned(), reads_content, invitation }
    }

    fn servers(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    const OWN: Option<(TokenSource, bool)> = Some((TokenSource::OwnFile, true));

    #[test]
    fn each_step_comes_after_the_one_before_and_only_when_something_is_missing() {
        let nothing = Seen::default();
        assert_eq!(next(None, &nothing), Step::AskForToken(Why::Missing));
        assert_eq!(next(OWN, &nothing), Step::Look);
        for (application, servers, expected) in [
            (application(Some(false)), None, Step::Wait(For::Intent)),
            (application(Some(false)), Some(servers(&["Home"])), Step::Wait(For::Intent)),
            (application(Some(true)), None, Step::Look),
            (
                application(Some(true)),
                Some(servers(&[])),
                Step::Wait(For::Invitation(LINK.to_owned())),
            ),
            (application(Some(true)), Some(servers(&["Home"])), Step::Start),
            // A proxy may not say.
            (application(None), Some(servers(&["Home"])), Step::Start),
        ] {
            let seen = Seen { application: Some(Ok(application)), servers: servers.map(Ok) };
            assert_eq!(next(OWN, &seen), expected, "{seen:?}");
        }
    }

    #[test]
    fn a_refused_token_is_asked_for_again_where_that_helps() {
        let refused = Seen { application: Some(Err(NoAnswer::Refused)), servers: None };
        for is_like_one in [true, false] {
            let step = next(Some((TokenSource::OwnFile, is_like_one)), &refused);
            assert_eq!(step, Step::AskForToken(Why::Refused { is_like_one }));
        }
        for source in [TokenSource::Variable, TokenSource::NamedFile, TokenSource::Credential] {
            assert_eq!(next(Some((source, true)), &refused), Step::GiveUp(source));
        }
        let later = Seen {
            servers: Some(Err(NoAnswer::Refused)),
            application: Some(Ok(application(None))),
        };
        assert_eq!(
            next(Some((TokenSource::Variable, true)), &later),
            Step::GiveUp(TokenSource::Variable)
        );
    }

    #[test]
    fn a_discord_that_cannot_be_reached_is_waited_for() {
        let why = "no internet connection".to_owned();
        let no_answer = || NoAnswer::Unreachable(why.clone());
        for seen in [
            Seen { application: Some(Err(no_answer())), servers: None },
            Seen {
                application: Some(Ok(application(Some(true)))),
                servers: Some(Err(no_answer())),
            },
        ] {
            assert_eq!(next(OWN, &seen), Step::Wait(For::Discord(why.clone())));
        }
    }
}
