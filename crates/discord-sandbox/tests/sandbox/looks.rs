//! What people see, as text.

use discord_sandbox::Reply;
use serde_json::json;

use super::world::World;

#[tokio::test]
async fn a_channel_shows_embeds_and_reactions() {
    let world = World::new().await;
    let person = world.sandbox.add_member(world.guild, "Ada", &[]);
    let fields = json!([
        {"name": "Package", "value": "[Example (Blue)](https://files.example/p/1)"},
        {"name": "Price", "value": "$129.99", "inline": true},
        {"name": "Quantity", "value": "2", "inline": true},
        {"name": "Email", "value": "|| ada@example.com ||", "inline": true}]);
    let embed = json!({"author": {"name": "Release | Editor"}, "fields": fields,
        "footer": {"text": "Example Technologies"}});
    let message = world.sandbox.post(&world.webhook, json!({ "embeds": [embed] })).unwrap();
    world.sandbox.react(person, message, "📦").unwrap();

    let shown = world.sandbox.render_channel(world.channel);
    for line in ["Newsroom  APP", "Release | Editor", "  Example (Blue)", "📦 1"] {
        assert!(shown.contains(line), "{line} in\n{shown}");
    }
    let heads = shown.lines().find(|line| line.contains("Price")).unwrap();
    assert!(heads.contains("Quantity") && heads.contains("Email"), "{shown}");
    assert!(!shown.contains("||") && !shown.contains("https://"), "{shown}");
}

#[tokio::test]
async fn texts_and_boxes_of_the_newer_components_are_shown() {
    let world = World::new().await;
    let text = |content: &str| json!({"type": 10, "content": content});
    let inside = [text("## Order 1100000042"), json!({"type": 14}), text("**Price:** $59.99")];
    let row = json!({"type": 1, "components": [
        {"type": 2, "style": 5, "label": "Open", "url": "https://shop.example"}]});
    let parts = json!({"content": "", "flags": 1 << 15,
        "components": [{"type": 17, "components": inside}, {"type": 9, "components": [text("aside")]}, row]});
    let parts = parts.as_object().unwrap().clone();
    world.sandbox.post_unchecked(&world.webhook, parts).unwrap();
    let shown = world.sandbox.render_channel(world.channel);
    for part in ["┃ Order 1100000042", "┃ Price: $59.99", "aside", "[ Open ]"] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    assert!(!shown.contains('▾'), "{shown}");
}

#[tokio::test]
async fn an_ephemeral_reply_says_so_and_keeps_to_its_width() {
    let world = World::new().await;
    let row = json!({"type": 1, "components": [
        {"type": 2, "style": 1, "label": "Note", "custom_id": "note"}]});
    let reply = Reply {
        content: format!("posted in <#{}>, not in <#5>", world.channel),
        embeds: vec![
            json!({"description": "word ".repeat(100), "timestamp": "2025-11-02T10:00:00Z"}),
        ],
        components: vec![row],
        ephemeral: true,
        ..Reply::default()
    };
    let shown = world.sandbox.render_reply(&reply, "Test Bot");
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    for line in
        ["[ Note ]", "Only you can see this", "2025-11-02 10:00", "in #news, not in #channel"]
    {
        assert!(shown.contains(line), "{line} in\n{shown}");
    }
}

#[tokio::test]
async fn texts_are_as_wide_as_the_terminal() {
    let world = World::new().await;
    let button = |label: &str| json!({"type": 2, "style": 1, "label": label, "custom_id": label});
    let labels = ["Add tracking", "Note", "Correct…", "History", "Undo"];
    let row = json!({"type": 1, "components": labels.map(button)});
    let fields = ["Order number", "Status", "Price"]
        .map(|name| json!({"name": name, "value": "x".repeat(60), "inline": true}));
    let reply = Reply {
        embeds: vec![json!({"description": "word ".repeat(60), "fields": fields})],
        components: vec![row],
        ..Reply::default()
    };
    for columns in [40, 80, 120] {
        world.sandbox.set_columns(columns);
        let shown = world.sandbox.render_reply(&reply, "Test Bot");
        let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= columns && widest > columns.min(84) - 12, "{widest}\n{shown}");
        assert!(labels.iter().all(|label| shown.contains(label)), "{shown}");
    }
}
