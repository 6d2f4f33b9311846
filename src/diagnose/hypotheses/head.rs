//! Mistakes with method, path and headers.

use super::{Cause, Change, Trial, unique};
use crate::tc3::Values;

pub(super) fn changes<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let mut changes = vec![Change::new(
        Cause::ValuesNotLowered,
        "The header values were signed as they are sent; the documentation asks for lower case without spaces around.",
        |recipe| recipe.values = Values::AsSent,
    )];
    changes.extend(content_types(trial));
    changes.extend(hosts(trial));
    changes.extend(methods(trial));
    changes.extend(paths(trial));
    changes.extend(lists(trial));
    changes
}

/// Signs another value; one with capitals was perhaps signed with them.
fn value<'a>(cause: Cause, message: &str, name: &'static str, value: &str) -> Vec<Change<'a>> {
    let capitals = value.bytes().any(|byte| byte.is_ascii_uppercase());
    let styles = [Some(None), capitals.then_some(Some(Values::AsSent))];
    styles
        .into_iter()
        .flatten()
        .map(|style| {
            let value = value.to_string();
            Change::new(cause, message, move |recipe| {
                recipe.set_header(name, &value);
                recipe.values = style.unwrap_or(recipe.values);
            })
        })
        .collect()
}

fn content_types<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let sent = trial.request.header("content-type").unwrap_or_default();
    let media = sent.split(';').next().unwrap_or_default().trim();
    let boundary = sent.split_once("boundary=").map(|(_, boundary)| boundary);
    let mut types: Vec<String> = [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json;charset=UTF-8",
        "Application/JSON",
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-8",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "application/octet-stream",
        "application/octet-stream; charset=utf-8",
        "text/plain;charset=UTF-8",
        "text/plain; charset=utf-8",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; charset=utf-8",
        "",
    ]
    .map(String::from)
    .into();
    types.extend([
        media.to_string(),
        format!("{media}; charset=utf-8"),
        format!("{media};charset=UTF-8"),
    ]);
    if let Some(boundary) = boundary {
        types.push(format!("multipart/form-data; boundary={boundary}"));
        types.push(format!(
            "multipart/form-data; charset=utf-8; boundary={boundary}"
        ));
    }
    unique(&mut types, sent);
    types
        .iter()
        .flat_map(|signed| {
            let message = format!(
                "The content type {} was signed, but {} was sent.",
                trial.hider.quote(signed),
                trial.hider.quote(sent)
            );
            value(Cause::ContentTypeDiffers, &message, "content-type", signed)
        })
        .collect()
}

fn hosts<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let sent = trial.request.header("host").unwrap_or_default();
    let url = trial.request.url_host.as_deref().unwrap_or_default();
    let name = without_port(sent);
    let mut ported: Vec<String> = vec![name.into()];
    ported.extend([443, 80, 8080, 8443].map(|port| format!("{name}:{port}")));
    unique(&mut ported, sent);

    let service = trial.authorization.service.to_ascii_lowercase();
    let region = trial.request.header("x-tc-region").unwrap_or_default();
    let mut others = vec![
        url.to_string(),
        without_port(url).to_string(),
        format!("{service}.tencentcloudapi.com"),
        format!("{service}.{region}.tencentcloudapi.com"),
        format!("{service}.intl.tencentcloudapi.com"),
        format!("{service}.internal.tencentcloudapi.com"),
        "tencentcloudapi.com".into(),
        sent.to_ascii_lowercase(),
        sent.to_ascii_uppercase(),
        super::scope::capitalized(sent),
        format!("https://{sent}"),
        format!("{sent}/"),
        String::new(),
    ];
    unique(&mut others, sent);
    others.retain(|host| !ported.contains(host));

    let mut changes = Vec::new();
    for (cause, hosts) in [(Cause::HostPort, ported), (Cause::HostDiffers, others)] {
        changes.extend(hosts.iter().flat_map(|host| {
            let message = format!(
                "The host {} was signed, but {} was sent.",
                trial.hider.quote(host),
                trial.hider.quote(sent)
            );
            value(cause, &message, "host", host)
        }));
    }
    changes
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn methods<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let sent = trial.request.method.as_str();
    let mut methods: Vec<String> = ["GET", "POST", "PUT", "OPTIONS", "get", "post", ""]
        .map(String::from)
        .into();
    unique(&mut methods, sent);
    methods
        .into_iter()
        .map(|method| {
            let message = format!(
                "The method {} was signed, but {} was sent.",
                trial.hider.quote(&method),
                trial.hider.quote(sent)
            );
            Change::new(Cause::MethodDiffers, message, move |recipe| {
                recipe.method.clone_from(&method);
            })
        })
        .collect()
}

fn paths<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let (sent, _) = trial.request.path_and_query();
    let action = trial.request.header("x-tc-action").unwrap_or_default();
    let mut paths = vec![
        sent.to_string(),
        String::new(),
        trial.request.target.clone(),
        format!("/{action}"),
        "/v2/index.php".into(),
        "//".into(),
    ];
    unique(&mut paths, "/");
    paths
        .into_iter()
        .map(|path| {
            let message = format!(
                "The path {} was signed; it is always /.",
                trial.hider.quote(&path)
            );
            Change::new(Cause::PathSigned, message, move |recipe| {
                recipe.path.clone_from(&path);
            })
        })
        .collect()
}

/// What was covered, or written into the list, otherwise than the Authorization header has it.
fn lists<'a>(trial: &'a Trial<'a>) -> Vec<Change<'a>> {
    let cause = Cause::SignedHeadersList;
    let written = trial.authorization.signed_headers;
    let mut changes = vec![Change::new(
        cause,
        "The signed headers stand in the order and the case of the Authorization header's list, not sorted in lower case.",
        move |recipe| {
            let headers = written.split(';').map(|name| {
                let value = recipe.header(&name.to_ascii_lowercase());
                (name.to_string(), value.unwrap_or_default().to_string())
            });
            recipe.headers = headers.collect();
            recipe.write_list();
        },
    )];
    changes.push(Change::new(
        cause,
        "The canonical request lists the headers as the Authorization header does, not sorted in lower case.",
        move |recipe| recipe.list = written.into(),
    ));
    changes.push(Change::new(
        cause,
        "The list of signed headers in the canonical request is empty.",
        |recipe| recipe.list.clear(),
    ));
    for (name, value) in &trial.request.headers {
        let name = name.to_ascii_lowercase();
        if name == "authorization" || trial.base.header(&name).is_some() {
            continue;
        }
        let message = format!(
            "The header {} was signed, but the list does not name it.",
            trial.hider.quote(&name)
        );
        changes.push(Change::new(cause, message, move |recipe| {
            recipe.set_header(&name, value);
        }));
    }
    for (name, _) in &trial.base.headers {
        let message = format!(
            "The header {} is in the list, but was not signed.",
            trial.hider.quote(name)
        );
        changes.push(Change::new(cause, message, move |recipe| {
            recipe.headers.retain(|(signed, _)| signed != name);
            recipe.write_list();
        }));
    }
    changes
}
