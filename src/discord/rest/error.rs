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
