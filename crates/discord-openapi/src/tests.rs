use discord_sandbox::Exchange;
use serde_json::{Value, json};

use super::{Description, Findings};

/// A small interface in the manner of Discord's.
fn description() -> Description {
    let id = json!({"type": "string", "pattern": "^(0|[1-9][0-9]*)$"});
    let message = json!({"type": "object", "required": ["id", "content"], "properties": {
        "id": {"$ref": "#/components/schemas/Id"}, "content": {"type": "string", "maxLength": 5},
        "components": {"type": "array", "items": {"oneOf": [
            {"type": "object", "required": ["type", "label"], "properties": {"type": {"enum": [2]}}},
            {"type": "object", "required": ["type"], "properties": {"type": {"enum": [3]}}}]}}}});
    let refused = json!({"description": "", "content": {"application/json": {"schema":
        {"type": "object", "required": ["code"]}}}});
    let answers = |schema: Value| {
        json!({"200": {"description": "",
        "content": {"application/json": {"schema": schema}}},
        "4XX": {"$ref": "#/components/responses/Refused"}})
    };
    let reference = json!({"$ref": "#/components/schemas/Message"});
    let limit =
        json!({"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": 100}});
    let whole = json!({"in": "query", "name": "whole", "schema": {"type": "boolean"}});
    let channel =
        json!({"in": "path", "name": "channel", "schema": {"$ref": "#/components/schemas/Id"}});
    let text = json!({"openapi": "3.1.0",
        "components": {"schemas": {"Id": id, "Message": message}, "responses": {"Refused": refused}},
        "paths": {"/channels/{channel}/messages/@last": {"parameters": [channel.clone()],
            "get": {"responses": {}}}, "/channels/{channel}/messages": {"parameters": [channel],
            "get": {"parameters": [limit, whole],
                "responses": answers(json!({"type": "array", "items": reference.clone()}))},
            "post": {"requestBody": {"required": true,
                "content": {"application/json": {"schema": reference.clone()}}},
                "responses": answers(reference)}}}});
    Description::read(&text.to_string()).expect("a description")
}

const PATH: &str = "/channels/5/messages";

fn get(query: &str, status: u16, answered: Option<&Value>) -> Exchange {
    let [method, path, query] = ["GET", PATH, query].map(str::to_owned);
    Exchange { method, path, query, status, answered: answered.cloned(), ..Exchange::default() }
}

fn post(sent: &Value) -> Exchange {
    Exchange { method: "POST".to_owned(), sent: Some(sent.clone()), ..get("", 200, None) }
}

fn answer(status: u16, answered: &Value) -> Vec<String> {
    description().check_answer(&get("", status, Some(answered)))
}

#[test]
fn what_is_as_described_is_not_mentioned() {
    let (description, page) = (description(), json!([{"id": "1", "content": "hello"}]));
    let exchange = get("limit=100", 200, Some(&page));
    assert!(description.check_request(&exchange).is_empty());
    assert!(description.check_answer(&exchange).is_empty());
    assert!(answer(404, &json!({"code": 10003})).is_empty());
    assert!(answer(502, &json!("anything")).is_empty(), "a proxy's");
}

#[test]
fn a_broken_answer_is_found_and_told_where() {
    let found = answer(200, &json!([{"id": 1, "content": "hello"}]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("GET /channels/{channel}/messages") && found[0].contains("/0/id"));
    assert!(answer(200, &json!([{"id": "1"}]))[0].contains("\"content\" is a required property"));
    assert!(answer(201, &json!([]))[0].contains("never gives this one"));
    assert!(answer(404, &json!({}))[0].contains("\"code\" is a required property"));
    let description = description();
    assert!(description.check_answer(&get("", 200, None))[0].contains("has no body"));
}

#[test]
fn of_alternatives_the_one_is_told_that_was_meant() {
    let page = json!([{"id": "1", "content": "", "components": [{"type": 2}]}]);
    assert!(answer(200, &page)[0].contains("\"label\" is a required property"));
}

#[test]
fn a_request_is_held_against_its_route_its_path_its_query_and_its_body() {
    let description = description();
    let said = |exchange: Exchange| description.check_request(&exchange).join(" ");
    assert!(said(get("limit=101", 200, None)).contains("101 is greater than the maximum"));
    assert!(said(get("limit=x", 200, None)).contains("not of type \"integer\""));
    assert!(said(get("before=1", 200, None)).contains("before, which Discord does not know"));
    let sent = json!({"id": "1", "content": "too long"});
    let sent = || post(&sent);
    assert!(said(sent()).contains("longer than 5 characters"));
    assert!(said(Exchange { sent: None, ..sent() }).contains("there is none"));
    assert!(said(Exchange { method: "PUT".to_owned(), ..sent() }).contains("no such route"));
    let elsewhere = "/channels/x/messages".to_owned();
    assert!(said(Exchange { path: elsewhere, ..sent() }).contains("path: channel"));
}

#[test]
fn what_libraries_write_in_another_way_is_taken_as_discord_takes_it() {
    let description = description();
    let said = |exchange: Exchange| description.check_request(&exchange).join(" ");
    assert_eq!(said(get("whole=1&limit=1", 200, None)), "");
    assert_eq!(said(get("whole=false", 200, None)), "");
    assert!(said(get("whole=2", 200, None)).contains("not of type \"boolean\""));
    let path = "/channels/5/messages/%40last".to_owned();
    let last = Exchange { path, ..get("", 200, None) };
    assert_eq!(said(last), "");
    let id = 1_575_337_307_039_334_400_i64;
    let [large, small] = [id, 5].map(|id| json!({"id": id, "content": "hello"}));
    assert_eq!(said(post(&large)), "");
    assert!(said(post(&small)).contains("not of type \"string\""));
    assert!(answer(200, &json!([large]))[0].contains("/0/id"), "Discord itself sends texts");
}

#[test]
fn findings_fail_the_test_that_ends_with_some() {
    let findings = Findings::default();
    drop(findings.verdict());
    findings.note(vec!["odd".to_owned()]);
    let verdict = findings.verdict();
    let failed = std::panic::catch_unwind(move || drop(verdict));
    assert!(failed.is_err());
    assert!(findings.take().is_empty());
}
