//! Why Discord did not do what it was asked.

/// Why a call failed for good.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RestError {
    /// 401: the token is not valid any more; the process has to stop.
    #[error("Discord refuses the token (401)")]
    Unauthorized,
    /// 403, with Discord's own code (50013: a permission is missing; 90001: blocked by the author).
    #[error("Discord forbids it (403, code {0})")]
    Forbidden(u32),
    /// 404, with Discord's own code (10003: channel; 10008: message; 10014: emoji).
    #[error("Discord does not know it (404, code {0})")]
    NotFound(u32),
    /// Any other 4xx, with Discord's own code (30010: too many reactions): asking again is of no use.
    #[error("Discord refuses it ({0}, code {1})")]
    Refused(u16, u32),
    /// Everything else; the message holds no secret.
    #[error("{0:#}")]
    Other(anyhow::Error),
}

/// Why an answer could not be read: a network that wants somebody to sign in, and some proxies, answer with a page.
pub(super) fn unread(answer: &[u8], error: anyhow::Error) -> anyhow::Error {
    if is_page(&String::from_utf8_lossy(answer)) {
        return anyhow::anyhow!(
            "a web page came in place of Discord's answer: this network wants somebody to sign in, or api_url \
             leads elsewhere"
        );
    }
    error.context("read Discord's answer")
}

/// Whether a web page stands in the place of JSON.
pub(super) fn is_page(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_the_place_of_an_answer_is_called_one() {
        let told =
            |answer: &[u8]| format!("{:#}", unread(answer, anyhow::anyhow!("expected value")));
        let page =
            told(b"\n<!DOCTYPE html><html><body>Sign in to the hotel's network</body></html>");
        assert!(page.starts_with("a web page came in place of Discord's answer"), "{page}");
        assert!(!page.contains("expected"), "{page}");
        assert_eq!(told(b"[1,"), "read Discord's answer: expected value");
    }
}
