//! A curl line, read for what it sends: method, URL, headers and body, with curl's own defaults.

use super::percent;
use super::request::Request;
use super::shell::words;

/// Whether a text is a curl command, with or without a prompt before it.
pub(super) fn is_curl(text: &str) -> bool {
    let program = without_prompt(text).split_whitespace().next();
    program.is_some_and(|program| {
        let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
        name == "curl" || name == "curl.exe"
    })
}

/// Reads one; `Err` says what keeps it from being judged.
pub(super) fn parse(text: &str) -> Result<Request, String> {
    let mut words = words(without_prompt(text))?.into_iter().skip(1);
    let mut line = Line::default();
    while let Some(word) = words.next() {
        if let Some(long) = word.strip_prefix("--").filter(|long| !long.is_empty()) {
            let (name, mut value) = match long.split_once('=') {
                Some((name, value)) => (name, Some(value.to_string())),
                None => (long, None),
            };
            if takes_value(name) && value.is_none() {
                value = words.next();
            }
            line.option(name, value)?;
        } else if let Some(mut letters) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
            while let Some(letter) = letters.chars().next() {
                letters = &letters[letter.len_utf8()..];
                let name = long_name(letter);
                if !takes_value(name) {
                    line.option(name, None)?;
                    continue;
                }
                let joined = (!letters.is_empty()).then(|| letters.to_string());
                line.option(name, joined.or_else(|| words.next()))?;
                break;
            }
        } else {
            line.urls.push(word);
        }
    }
    line.request()
}

fn without_prompt(text: &str) -> &str {
    text.trim_start_matches(['$', '%', '>', ' '])
}

/// The options whose next word is theirs; others stand alone.
fn takes_value(name: &str) -> bool {
    const NAMES: &str = " request header data data-ascii data-raw data-binary data-urlencode json url url-query \
        form form-string upload-file config user user-agent referer cookie cookie-jar cert key cacert capath \
        output max-time connect-timeout retry retry-delay retry-max-time proxy proxy-user proxy-header noproxy \
        resolve connect-to range write-out interface limit-rate ciphers tls-max tls13-ciphers aws-sigv4 \
        oauth2-bearer dump-header stderr trace trace-ascii cert-type key-type pass pinnedpubkey max-redirs \
        local-port dns-servers unix-socket speed-limit speed-time time-cond continue-at max-filesize \
        keepalive-time happy-eyeballs-timeout-ms doh-url output-dir variable expand-data ";
    NAMES.contains(&format!(" {name} "))
}

/// The long form of a short option; an unknown one has an empty name and stands alone.
fn long_name(letter: char) -> &'static str {
    match letter {
        'X' => "request",
        'H' => "header",
        'd' => "data",
        'G' => "get",
        'I' => "head",
        'F' => "form",
        'T' => "upload-file",
        'K' => "config",
        'u' => "user",
        'A' => "user-agent",
        'e' => "referer",
        'b' => "cookie",
        'c' => "cookie-jar",
        'E' => "cert",
        'o' => "output",
        'm' => "max-time",
        'x' => "proxy",
        'U' => "proxy-user",
        'r' => "range",
        'w' => "write-out",
        'D' => "dump-header",
        'C' => "continue-at",
        'Y' => "speed-limit",
        'y' => "speed-time",
        'z' => "time-cond",
        _ => "",
    }
}

/// What the options said so far.
#[derive(Default)]
struct Line {
    method: Option<String>,
    urls: Vec<String>,
    headers: Vec<String>,
    data: Option<String>,
    json: bool,
    get: bool,
    head: bool,
    query: Vec<String>,
}

impl Line {
    fn option(&mut self, name: &str, value: Option<String>) -> Result<(), String> {
        if takes_value(name) && value.is_none() {
            return Err(format!("the option --{name} has no value"));
        }
        let value = value.unwrap_or_default();
        match name {
            "request" => self.method = Some(value),
            "url" => self.urls.push(value),
            "header" => self.headers.push(inline(name, value)?),
            "data" | "data-ascii" | "data-binary" => self.add("&", &inline(name, value)?),
            "data-raw" => self.add("&", &value),
            "data-urlencode" => self.add("&", &encoded(&value)?),
            "json" => {
                self.json = true;
                self.add("", &inline(name, value)?);
            }
            "url-query" => self.query.push(match value.strip_prefix('+') {
                Some(raw) => raw.into(),
                None => encoded(&value)?,
            }),
            "get" => self.get = true,
            "head" => self.head = true,
            "form" | "form-string" => {
                return Err("curl makes the boundary of a form when it sends: paste the raw HTTP request instead".into());
            }
            "upload-file" | "config" => {
                return Err(format!("--{name} reads a file, which is not known here"));
            }
            // Neither signed nor judged.
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, separator: &str, value: &str) {
        match &mut self.data {
            Some(data) => {
                data.push_str(separator);
                data.push_str(value);
            }
            None => self.data = Some(value.into()),
        }
    }

    fn request(mut self) -> Result<Request, String> {
        let whole = self.urls.iter().position(|url| url.contains("://"));
        let url = self
            .urls
            .get(whole.unwrap_or(0))
            .ok_or("the curl line has no URL")?;
        let mut request = Request::default();
        if whole.is_some() {
            request.set_url(url);
        } else {
            request.set_url(&format!("http://{url}"));
        }
        if self.get {
            self.query.extend(self.data.take());
        }
        for query in &self.query {
            let separator = if request.target.contains('?') {
                '&'
            } else {
                '?'
            };
            request.target.push(separator);
            request.target.push_str(query);
        }
        request.method = self.method.take().unwrap_or_else(|| {
            match (&self.data, self.head) {
                (_, true) => "HEAD",
                (Some(_), _) => "POST",
                (None, _) => "GET",
            }
            .into()
        });
        self.put_headers(&mut request);
        request.body = self.data.unwrap_or_default().into_bytes();
        Ok(request)
    }

    /// The headers that are given, then those that curl adds.
    fn put_headers(&self, request: &mut Request) {
        let mut removed = Vec::new();
        for header in &self.headers {
            if let Some((name, value)) = header.split_once(':') {
                let (name, value) = (name.trim(), value.trim_ascii());
                if value.is_empty() {
                    removed.push(name.to_ascii_lowercase());
                } else {
                    request.headers.push((name.into(), value.into()));
                }
            } else if let Some(name) = header.strip_suffix(';') {
                request.headers.push((name.trim().into(), String::new()));
            }
        }
        let default = match (self.json, &self.data) {
            (true, _) => Some("application/json"),
            (false, Some(_)) => Some("application/x-www-form-urlencoded"),
            _ => None,
        };
        let removed = |name: &str| removed.iter().any(|removed| removed == name);
        if let (Some(value), false) = (
            default,
            request.has("content-type") || removed("content-type"),
        ) {
            request.headers.push(("Content-Type".into(), value.into()));
        }
        if !removed("host") {
            request.complete_host();
        }
    }
}

/// A value that curl would take from a file when it begins with `@`.
fn inline(name: &str, value: String) -> Result<String, String> {
    if value.starts_with('@') {
        return Err(format!(
            "--{name} reads a file by @, which is not known here: write its text into the line, or give the request itself"
        ));
    }
    Ok(value)
}

/// A value of `--data-urlencode`: the part after the first `=` is encoded.
fn encoded(value: &str) -> Result<String, String> {
    match value.split_once('=') {
        Some(("", content)) => Ok(percent::encode(content.as_bytes(), percent::UNRESERVED)),
        Some((name, content)) => Ok(format!(
            "{name}={}",
            percent::encode(content.as_bytes(), percent::UNRESERVED)
        )),
        None if value.contains('@') => inline("data-urlencode", "@".into()),
        None => Ok(percent::encode(value.as_bytes(), percent::UNRESERVED)),
    }
}

#[cfg(test)]
mod tests;
