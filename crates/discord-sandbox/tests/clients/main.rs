//! Clients that others wrote live in the sandbox: discord.py 2 and discord.js 14, where they are installed.

#[cfg(test)]
mod client;
#[cfg(test)]
mod town;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::client::{Client, installed};
    use super::town::Town;

    #[tokio::test]
    async fn a_bot_with_discord_py_lives_in_the_sandbox() {
        let Some(python) = installed("DISCORD_PY") else { return };
        everything(Path::new(&python), "discord_py.py").await;
    }

    #[tokio::test]
    async fn a_bot_with_discord_js_lives_in_the_sandbox() {
        if installed("DISCORD_JS").is_some() {
            everything(Path::new("node"), "discord_js.js").await;
        }
    }

    /// What a person can do with either bot.
    async fn everything(interpreter: &Path, script: &str) {
        let town = Town::new().await;
        let client = Client::start(interpreter, script, &town.sandbox);
        let lived = async {
            town.bot_connects_and_registers().await;
            town.bot_hears_reacts_and_changes().await;
            town.bot_sees_reactions().await;
            town.bot_answers_commands().await;
            town.buttons_menus_and_forms_lead_on().await;
            town.files_go_both_ways().await;
            town.threads_are_heard_of().await;
            town.bot_resumes_and_misses_nothing().await;
            town.says_goodbye();
        };
        client.lives(lived).await;
        // A client learns of a route's limit by the first answer there, and discord.js counts from the second: it
        // may be told once to wait, and has waited, or what it wanted would not be there.
        let mut violations = town.sandbox.violations();
        violations.retain(|violation| !violation.contains(": 429 "));
        assert_eq!(violations, Vec::<String>::new());
    }
}
