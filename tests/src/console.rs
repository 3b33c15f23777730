//! Messages of the console.
//!
//! Chromium reports everything, from the first byte on. The others report nothing over WebDriver; there a script
//! that starts before the app collects errors, rejections, refused loads and `console.error`. Failures before
//! that script, such as a missing style sheet, are seen in Chromium alone.

use anyhow::Result;

use crate::engine::Engine;
use crate::page::Page;

/// Collects complaints in `window.naastSaid`.
pub(crate) const WATCH: &str = r"
const said = (window.naastSaid = []);
addEventListener('error', (e) => said.push(`error: ${e.message || e.target.outerHTML}`), true);
addEventListener('unhandledrejection', (e) => said.push(`unhandled rejection: ${e.reason && e.reason.stack || e.reason}`));
addEventListener('securitypolicyviolation', (e) => said.push(`refused by policy: ${e.violatedDirective} ${e.blockedURI}`));
const plain = console.error;
console.error = (...what) => { said.push(`console.error: ${what.join(' ')}`); plain.apply(console, what); };
";

/// Takes the complaints since the last call.
pub(crate) async fn take(engine: Engine, page: &Page) -> Result<Vec<String>> {
    if engine == Engine::Chromium {
        let log = page.driver().browser_log().await?;
        return Ok(log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect());
    }
    let said = page.run("const said = window.naastSaid || []; return said.splice(0)").await?;
    Ok(serde_json::from_value::<Option<Vec<String>>>(said).ok().flatten().unwrap_or_default())
}

/// The unexpected lines.
pub(crate) fn unexpected(said: &[String], expected: &[String]) -> Vec<String> {
    said.iter().filter(|line| !expected.iter().any(|part| line.contains(part.as_str()))).cloned().collect()
}
