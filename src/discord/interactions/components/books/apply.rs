//! The buttons of a preview.

use poise::CreateReply;
use serenity::all::{ComponentInteraction, Context};

use crate::discord::bot::Bot;
use crate::discord::interactions::asker::Person;
use crate::discord::interactions::books::{applied, right_of, shown};
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::reply;
use crate::discord::render::books::preview;
use crate::ledger::{Applied, Applying, Ledger};

/// Applies a preview once, whoever presses how often.
pub(super) async fn apply(
    bot: &Bot,
    who: &Person<'_>,
    (how, id): (Applying, i64),
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    check(bot, who, id).await?;
    let (guild, user, zone) = (who.guild, who.user, bot.zone(who.guild));
    let attempt = move |ledger: Ledger| async move {
        let applied = Box::pin(ledger.apply_preview(guild, id, how, zone)).await?;
        if let Applied::Done(done, kind, _) = &applied {
            let (batch, kind) = (done.batch.unwrap_or_default(), kind.as_str());
            tracing::info!(%user, %guild, batch, kind, "a sheet was applied");
        }
        became(applied).await
    };
    let change = Change::of_part(bot, &context.http, pressed).saying(preview::APPLYING);
    change.apply(attempt, done_already).await;
    Ok(())
}

async fn became(done: Applied) -> Result<CreateReply, Error> {
    let sentence = |sentence: String| reply::changed().content(sentence).components(Vec::new());
    Ok(match done {
        Applied::Done(bulk, kind, files) => applied(reply::changed(), bulk, kind, files).await?,
        Applied::Otherwise(kept) => {
            let said = format!("{}\n{}", preview::OTHERWISE, preview::anyway(&kept));
            shown(reply::changed(), *kept).await?.content(said.trim())
        }
        Applied::Before(batch) => return Err(Error::DoneBefore(preview::before(batch))),
        Applied::Gone => sentence(preview::GONE.to_owned()),
    })
}

/// Drops a preview.
pub(super) async fn cancel(
    bot: &Bot,
    who: &Person<'_>,
    id: i64,
    (context, pressed): (&Context, &ComponentInteraction),
) -> Result<(), Error> {
    check(bot, who, id).await?;
    let guild = who.guild;
    let attempt = move |ledger: Ledger| async move {
        match ledger.drop_preview(guild, id).await? {
            Some(batch) => Err(Error::DoneBefore(preview::before(batch))),
            None => Ok(reply::changed().content(preview::CANCELLED).components(Vec::new())),
        }
    };
    Change::of_part(bot, &context.http, pressed).apply(attempt, done_already).await;
    Ok(())
}

/// Fails unless the preview is there, is this person's, and the person may apply it at this moment.
async fn check(bot: &Bot, who: &Person<'_>, id: i64) -> Result<(), Error> {
    let kept = bot.ledger.preview_of(who.guild, id).await?;
    let kept = kept.ok_or_else(|| Error::User(preview::GONE.to_owned()))?;
    who.require_to_be(kept.user, preview::OF_ANOTHER)?;
    who.require(bot, right_of(kept.kind)).await
}
