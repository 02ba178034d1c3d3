//! The button that leaves all as it is.

use serenity::all::CreateInteractionResponse;

use crate::discord::interactions::asker::Person;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render;
use crate::ids::UserId;

/// Takes the question away.
pub(super) fn press(who: &Person<'_>, user: UserId) -> Result<CreateInteractionResponse, Error> {
    who.require_to_be(user, "This was started by somebody else.")?;
    Ok(reply::update(reply::changed().content(render::CANCELLED).components(Vec::new())))
}
