//! What lies in the browser's storage, read and meddled with behind the app's back.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::page::Page;

/// Everything in localStorage.
///
/// # Errors
/// When the browser does not answer.
pub async fn all(page: &Page) -> Result<BTreeMap<String, String>> {
    Ok(serde_json::from_value(page.run("return { ...localStorage }").await?)?)
}

/// One value.
///
/// # Errors
/// When the browser does not answer.
pub async fn get(page: &Page, key: &str) -> Result<Option<String>> {
    Ok(serde_json::from_value(page.run_with("return localStorage.getItem(arguments[0])", vec![json!(key)]).await?)?)
}

/// Sets a value, or takes it away.
///
/// # Errors
/// When the browser does not answer.
pub async fn set(page: &Page, key: &str, value: Option<&str>) -> Result<()> {
    let script = "const [key, value] = arguments; \
        if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value)";
    page.run_with(script, vec![json!(key), json!(value)]).await.map(drop)
}

/// Cuts the value in half whose key starts so, as a torn write would; gives its key.
///
/// # Errors
/// When there is no such value.
pub async fn cut_in_half(page: &Page, start: &str) -> Result<String> {
    let (key, value) =
        starting(page, start).await?.into_iter().next().with_context(|| format!("nothing at {start}"))?;
    set(page, &key, Some(&value[..value.len() / 2])).await?;
    Ok(key)
}

/// The values whose keys start so.
///
/// # Errors
/// When the browser does not answer.
pub async fn starting(page: &Page, start: &str) -> Result<BTreeMap<String, String>> {
    Ok(all(page).await?.into_iter().filter(|(key, _)| key.starts_with(start)).collect())
}

/// Fills what room is left, under keys that are not Naast's, up to the last few characters.
///
/// # Errors
/// When there seems to be no end to it.
pub async fn fill(page: &Page) -> Result<()> {
    let script = "let n = 0; \
        for (let size = 1 << 20; size >= 1; size >>= 1) { \
          try { for (; n < 500; n += 1) localStorage.setItem(`other.${n}`, 'x'.repeat(size)); } catch {} \
        } \
        return n";
    let n = page.run(script).await?;
    ensure!(n.as_u64().is_some_and(|n| n > 0 && n < 500), "storage has no end: {n} pieces fit");
    Ok(())
}

/// Takes away what [`fill`] put there.
///
/// # Errors
/// When the browser does not answer.
pub async fn empty(page: &Page) -> Result<()> {
    page.run("for (const key of Object.keys(localStorage)) if (key.startsWith('other.')) localStorage.removeItem(key)")
        .await
        .map(drop)
}
