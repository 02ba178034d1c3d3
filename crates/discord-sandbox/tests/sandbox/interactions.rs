//! Three seconds, one answer, fifteen minutes.

use std::time::Duration;

use discord_sandbox::{Failure, Sandbox, Whom};
use serde_json::{Value, json};

use super::raw::{Http, INTENTS, Socket};
use super::world::World;

/// A world with one command, and the bot's side of it by hand.
async fn with_command(world: &World, command: Value) -> (Http, Socket) {
    let http = Http::new(&world.sandbox);
    let path = format!("/applications/{}/commands", world.sandbox.bot());
    assert_eq!(http.ask("PUT", &path, json!([command])).await.0, 200);
    let (socket, _) = Socket::ready(&world.sandbox, INTENTS).await;
    (http, socket)
}

fn callback(interaction: &Value) -> String {
    let text = |name: &str| interaction[name].as_str().unwrap().to_owned();
    format!("/interactions/{}/{}/callback", text("id"), text("token"))
}

#[tokio::test]
async fn an_interaction_brings_what_discord_brings() {
    let world = World::new().await;
    let command = json!({"name": "note", "description": "One note", "options": [
        {"type": 3, "name": "number", "description": "Its number", "required": true}]});
    let (http, mut socket) = with_command(&world, command).await;
    let person = world.sandbox.add_member(world.guild, "Ada", &[]);

    let options = [("number", json!("N-1"))];
    let asked = world.sandbox.command(person, world.channel, "note", &options);
    let answered = async {
        let interaction = socket.event("INTERACTION_CREATE").await;
        assert_eq!(interaction["data"]["options"][0]["value"], "N-1");
        assert_eq!(interaction["member"]["user"]["global_name"], "Ada");
        assert!(interaction["member"]["permissions"].is_string());
        assert_eq!(interaction["guild_id"], json!(world.guild.to_string()));
        let data = json!({"content": "@everyone hi", "flags": 64,
            "allowed_mentions": {"parse": []}});
        let path = callback(&interaction);
        let answer = json!({"type": 4, "data": data});
        assert_eq!(http.ask("POST", &path, answer.clone()).await.0, 204);
        let again = http.ask("POST", &path, answer).await;
        assert_eq!((again.0, &again.1["code"]), (400, &json!(40060)));
        interaction
    };
    let (reply, interaction) = tokio::join!(asked, answered);
    let reply = reply.unwrap();
    assert!(reply.ephemeral);
    assert!(world.sandbox.messages(world.channel).is_empty(), "only Ada sees it");
    assert_eq!(world.sandbox.message(reply.message.unwrap()).unwrap()["mention_everyone"], false);

    let bot = world.sandbox.bot();
    let token = interaction["token"].as_str().unwrap();
    let original = format!("/webhooks/{bot}/{token}/messages/@original");
    assert_eq!(http.get(&original).await.1["content"], "@everyone hi");
    http.ask("PATCH", &original, json!({"content": "changed"})).await;
    assert_eq!(world.sandbox.message(reply.message.unwrap()).unwrap()["content"], "changed");
    assert_eq!(http.ask("DELETE", &original, Value::Null).await.0, 204);
    assert_eq!(http.get(&original).await.0, 404);
}

#[tokio::test]
async fn a_late_answer_is_no_answer() {
    let sandbox = Sandbox::builder().answer_within(Duration::from_millis(100));
    let world = World::with(sandbox).await;
    let command = json!({"name": "slow", "description": "Too slow"});
    let (http, mut socket) = with_command(&world, command).await;
    let person = world.sandbox.add_member(world.guild, "Ada", &[]);

    let seen = world.sandbox.command(person, world.channel, "slow", &[]).await;
    assert_eq!(seen.unwrap_err().to_string(), "The application did not respond");
    let interaction = socket.event("INTERACTION_CREATE").await;
    let late = http.ask("POST", &callback(&interaction), json!({"type": 5})).await;
    assert_eq!((late.0, &late.1["code"]), (404, &json!(10062)));
    assert!(world.sandbox.violations()[0].contains("too late"));
}

#[tokio::test]
async fn what_a_person_may_not_do_is_not_offered() {
    let world = World::new().await;
    let command = json!({"name": "notes", "description": "Notes",
        "default_member_permissions": "8192", "options": [
            {"type": 4, "name": "limit", "description": "How many", "max_value": 25}]});
    let (_http, mut socket) = with_command(&world, command).await;
    let (sandbox, channel) = (&world.sandbox, world.channel);
    let person = sandbox.add_member(world.guild, "Ada", &[]);
    let owner = sandbox.owner(world.guild);

    let refused = |result| matches!(result, Err(Failure::Refused(_)));
    assert!(refused(sandbox.command(person, channel, "notes", &[]).await));
    assert!(refused(sandbox.command(owner, channel, "notes", &[("limit", json!(26))]).await));
    assert!(refused(sandbox.command(owner, channel, "notes", &[("odd", json!(1))]).await));

    sandbox.allow_command(world.guild, "notes", Whom::Member(person), true);
    let (_, told) = tokio::join!(
        tokio::time::timeout(
            Duration::from_millis(1),
            sandbox.command(person, channel, "notes", &[])
        ),
        socket.event("INTERACTION_CREATE"),
    );
    assert_eq!(told["data"]["name"], "notes");
}

#[tokio::test]
async fn buttons_menus_and_forms_lead_on() {
    let world = World::new().await;
    let command = json!({"name": "card", "description": "A card"});
    let (http, mut socket) = with_command(&world, command).await;
    let person = world.sandbox.add_member(world.guild, "Ada", &[]);
    let rows = json!([
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "Note", "custom_id": "note"}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "state", "options": [
            {"label": "Done", "value": "done"}]}]}]);
    let answers = [
        json!({"type": 4, "data": {"content": "card", "components": rows,
            "allowed_mentions": {"parse": []}}}),
        json!({"type": 7, "data": {"content": "done"}}),
        json!({"type": 9, "data": {"title": "Note", "custom_id": "form", "components": [
            {"type": 1, "components": [
                {"type": 4, "style": 1, "label": "Text", "custom_id": "text"}]}]}}),
        json!({"type": 4, "data": {"content": "noted", "flags": 64,
            "allowed_mentions": {"parse": []}}}),
    ];
    let bot = tokio::spawn(async move {
        let mut heard = Vec::new();
        for answer in answers {
            let interaction = socket.event("INTERACTION_CREATE").await;
            let answered = http.ask("POST", &callback(&interaction), answer).await;
            assert_eq!(answered.0, 204, "{}", answered.1);
            heard.push(interaction["data"].clone());
        }
        heard
    });

    let sandbox = &world.sandbox;
    let card = sandbox.command(person, world.channel, "card", &[]).await.unwrap();
    let message = card.message.unwrap();
    let odd = sandbox.select(person, message, "state", &["lost"]).await;
    assert!(matches!(odd, Err(Failure::Refused(_))));
    let chosen = sandbox.select(person, message, "state", &["done"]).await.unwrap();
    assert!(chosen.updated);
    assert_eq!(sandbox.message(message).unwrap()["content"], "done");
    let note = card.custom_id("Note").unwrap();
    let form = sandbox.press(person, message, &note).await.unwrap();
    let noted = sandbox.submit_modal(person, &form, &[("text", "fragile")]).await.unwrap();
    assert_eq!((noted.content.as_str(), noted.ephemeral), ("noted", true));

    let heard = bot.await.unwrap();
    assert_eq!(heard[1]["values"], json!(["done"]));
    assert_eq!(heard[3]["components"][0]["components"][0]["value"], "fragile");
    assert_eq!(sandbox.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_thinking_answer_and_its_follow_ups_arrive() {
    let world = World::new().await;
    let command = json!({"name": "export", "description": "A file"});
    let (http, mut socket) = with_command(&world, command).await;
    let person = world.sandbox.add_member(world.guild, "Ada", &[]);
    let bot = world.sandbox.bot();

    let asked = world.sandbox.command(person, world.channel, "export", &[]);
    let answered = async {
        let interaction = socket.event("INTERACTION_CREATE").await;
        let token = interaction["token"].as_str().unwrap();
        let webhook = format!("/webhooks/{bot}/{token}");
        let text = |content: &str| json!({"content": content, "allowed_mentions": {"parse": []}});
        assert_eq!(http.ask("POST", &webhook, text("too early")).await.0, 404);
        let thinking = json!({"type": 5, "data": {"flags": 64}});
        http.ask("POST", &callback(&interaction), thinking).await;
        assert_eq!(http.ask("POST", &webhook, text("first")).await.0, 200);
        assert_eq!(http.ask("POST", &webhook, text("second")).await.0, 200);
        interaction
    };
    let (reply, interaction) = tokio::join!(asked, answered);
    let reply = reply.unwrap();
    assert_eq!((reply.content.as_str(), reply.ephemeral), ("first", true));
    let whole = world.sandbox.with_follow_ups(reply).await;
    let followed: Vec<&str> = whole.follow_ups.iter().map(|it| it.content.as_str()).collect();
    assert_eq!((whole.content.as_str(), followed.as_slice()), ("first", ["second"].as_slice()));

    world.sandbox.expire_interactions();
    let token = interaction["token"].as_str().unwrap();
    let original = format!("/webhooks/{bot}/{token}/messages/@original");
    assert_eq!(http.get(&original).await.1["code"], 50027);
}

#[tokio::test]
async fn a_file_is_an_option_and_is_given_out_to_whom_has_its_address() {
    let world = World::new().await;
    let command = json!({"name": "bring", "description": "A file", "options": [
        {"type": 11, "name": "file", "description": "The file", "required": true}]});
    let (http, mut socket) = with_command(&world, command).await;
    let sandbox = &world.sandbox;
    let person = sandbox.add_member(world.guild, "Ada", &[]);
    let unknown = sandbox.command(person, world.channel, "bring", &[("file", json!("1"))]).await;
    assert!(matches!(unknown, Err(Failure::Refused(_))));
    assert!(sandbox.upload("large.csv", &vec![0; 10 * 1024 * 1024 + 1]).is_err());

    let file = sandbox.upload("parcels.csv", b"order,tracking").unwrap();
    let id = file.as_str().unwrap().to_owned();
    let given = [("file", file)];
    let asked = sandbox.command(person, world.channel, "bring", &given);
    let answered = async {
        let interaction = socket.event("INTERACTION_CREATE").await;
        let done =
            json!({"type": 4, "data": {"content": "taken", "allowed_mentions": {"parse": []}}});
        http.ask("POST", &callback(&interaction), done).await;
        interaction["data"].clone()
    };
    let (reply, data) = tokio::join!(asked, answered);
    assert_eq!(reply.unwrap().content, "taken");
    assert_eq!(data["options"][0], json!({"name": "file", "type": 11, "value": id}));
    let told = &data["resolved"]["attachments"][&id];
    assert_eq!((&told["filename"], &told["size"]), (&json!("parcels.csv"), &json!(14)));
    let url = told["url"].as_str().unwrap();
    let bytes = reqwest::get(url).await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes.as_ref(), b"order,tracking");
    let without_key = url.split('?').next().unwrap();
    assert_eq!(reqwest::get(without_key).await.unwrap().status(), 404);
}

#[tokio::test]
async fn who_asks_for_it_is_shown_what_the_first_answer_made() {
    let world = World::new().await;
    let command = json!({"name": "card", "description": "A card"});
    let (http, mut socket) = with_command(&world, command).await;
    let person = world.sandbox.add_member(world.guild, "Ada", &[]);
    let button = json!({"type": 1, "components": [
        {"type": 2, "style": 1, "label": "On", "custom_id": "on"}]});
    let answers = [
        json!({"type": 4, "data": {"content": "card", "components": [button]}}),
        json!({"type": 7, "data": {"content": "on"}}),
        json!({"type": 5, "data": {"flags": 64}}),
    ];
    let bot = tokio::spawn(async move {
        let mut shown = Vec::new();
        for answer in answers {
            let interaction = socket.event("INTERACTION_CREATE").await;
            let asked = format!("{}?with_response=true", callback(&interaction));
            let (status, answered) = http.ask("POST", &asked, answer).await;
            assert_eq!((status, &answered["interaction"]["id"]), (200, &interaction["id"]));
            shown.push(answered);
        }
        shown
    });

    let sandbox = &world.sandbox;
    let card = sandbox.command(person, world.channel, "card", &[]).await.unwrap().message.unwrap();
    sandbox.press(person, card, "on").await.unwrap();
    let thinking = sandbox.command(person, world.channel, "card", &[]);
    let (_, shown) = tokio::join!(tokio::time::timeout(Duration::ZERO, thinking), bot);
    let shown = shown.unwrap();

    for (shown, (kind, content)) in shown.iter().zip([(4, "card"), (7, "on")]) {
        assert_eq!(shown["resource"]["type"], kind);
        assert_eq!(shown["resource"]["message"]["content"], content);
        assert_eq!(shown["interaction"]["response_message_id"], json!(card.to_string()));
        assert_eq!(shown["interaction"]["response_message_loading"], false);
    }
    let told = &shown[2]["interaction"];
    assert_eq!(told["response_message_loading"], true);
    assert_eq!(told["response_message_ephemeral"], true);
    assert!(shown[2].get("resource").is_none());
}
