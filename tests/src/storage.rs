//! Reads and changes the browser's storage without the app: localStorage, and the journal in IndexedDB that holds
//! the same.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::page::Page;

/// Everything in localStorage.
///
/// # Errors
/// If the browser does not answer.
pub async fn all(page: &Page) -> Result<BTreeMap<String, String>> {
    Ok(serde_json::from_value(page.run("return { ...localStorage }").await?)?)
}

/// One value.
///
/// # Errors
/// If the browser does not answer.
pub async fn get(page: &Page, key: &str) -> Result<Option<String>> {
    Ok(serde_json::from_value(page.run_with("return localStorage.getItem(arguments[0])", vec![json!(key)]).await?)?)
}

/// Opens the journal, without creating one.
const JOURNAL: &str = "const journal = () => new Promise((go, no) => { \
    const request = indexedDB.open('naast'); \
    request.onupgradeneeded = () => request.transaction.abort(); \
    request.onerror = (event) => { event.preventDefault(); go(null); }; \
    request.onsuccess = () => { request.result.onversionchange = () => request.result.close(); go(request.result); }; }); \
    const ask = (request) => new Promise((go, no) => { \
      request.onsuccess = () => go(request.result); request.oncomplete = () => go(); request.onerror = no; }); ";

async fn with_journal(page: &Page, script: &str, arguments: Vec<Value>) -> Result<Value> {
    let script = format!(
        "{JOURNAL} const [done, given] = [arguments[arguments.length - 1], [...arguments].slice(0, -1)]; \
         (async () => {{ const base = await journal(); {script} }})() \
         .then((answer) => done({{ answer: answer ?? null }}), (error) => done({{ error: String(error) }}))"
    );
    let outcome = page.run_async(&script, arguments).await?;
    ensure!(outcome["error"].is_null(), "the journal: {}", outcome["error"]);
    Ok(outcome["answer"].clone())
}

/// Everything in the journal.
///
/// # Errors
/// If the browser does not answer.
pub async fn journal(page: &Page) -> Result<BTreeMap<String, String>> {
    let script = "if (!base) return {}; \
        const values = base.transaction('journal').objectStore('journal'); \
        const [keys, all] = await Promise.all([ask(values.getAllKeys()), ask(values.getAll())]); \
        base.close(); \
        return Object.fromEntries(keys.map((key, at) => [key, all[at]]))";
    Ok(serde_json::from_value(with_journal(page, script, vec![]).await?)?)
}

/// Waits until the journal has the contents of localStorage.
///
/// # Errors
/// If that does not happen.
pub async fn journalled(page: &Page) -> Result<()> {
    let script = format!(
        "if (window.naastAgree) {{ window.naastAgree = false; return true; }} \
         if (!window.naastAsking) {{ window.naastAsking = true; {JOURNAL} (async () => {{ \
           const base = await journal(); if (!base) return false; \
           const values = base.transaction('journal').objectStore('journal'); \
           const [keys, all] = await Promise.all([ask(values.getAllKeys()), ask(values.getAll())]); base.close(); \
           const held = new Map(keys.map((key, at) => [key, all[at]])); \
           return Object.entries(localStorage).every(([key, value]) => \
             !/^naast[.](vault$|[a-z]+[.][0-9a-f]{{24}}$)/.test(key) || held.get(key) === value); \
         }})().then((agree) => {{ window.naastAgree = agree; window.naastAsking = false; }}); }} \
         return false"
    );
    page.until("the journal has it too", &script).await.map(drop)
}

/// Deletes the journal, as a browser with little space might.
///
/// # Errors
/// If the browser does not answer.
pub async fn forget_journal(page: &Page) -> Result<()> {
    let script = "if (base) base.close(); return await ask(indexedDB.deleteDatabase('naast'))";
    with_journal(page, script, vec![]).await.map(drop)
}

/// Sets or removes a value in localStorage only.
///
/// # Errors
/// If the browser does not answer.
pub async fn set_in_store(page: &Page, key: &str, value: Option<&str>) -> Result<()> {
    let script = "const [key, value] = arguments; \
        if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value)";
    page.run_with(script, vec![json!(key), json!(value)]).await.map(drop)
}

/// Writes all of these to localStorage.
///
/// # Errors
/// If the browser does not answer, or has no space.
pub async fn plant(page: &Page, values: &BTreeMap<String, String>) -> Result<()> {
    let script = "for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value)";
    page.run_with(script, vec![json!(values)]).await.map(drop)
}

/// Sets or removes a value in localStorage and in the journal.
///
/// # Errors
/// If the browser does not answer.
pub async fn set(page: &Page, key: &str, value: Option<&str>) -> Result<()> {
    set_in_store(page, key, value).await?;
    let script = "if (!base) return; const [key, value] = given; \
        const writing = base.transaction('journal', 'readwrite'); const values = writing.objectStore('journal'); \
        if (value === null) values.delete(key); else values.put(value, key); \
        await ask(writing); base.close()";
    with_journal(page, script, vec![json!(key), json!(value)]).await.map(drop)
}

/// Cuts the value in half whose key has this prefix, in both stores; returns its key.
///
/// # Errors
/// If there is no such value.
pub async fn cut_in_half(page: &Page, start: &str) -> Result<String> {
    let (key, value) =
        starting(page, start).await?.into_iter().next().with_context(|| format!("nothing at {start}"))?;
    set(page, &key, Some(&value[..value.len() / 2])).await?;
    Ok(key)
}

/// The values whose keys have this prefix.
///
/// # Errors
/// If the browser does not answer.
pub async fn starting(page: &Page, start: &str) -> Result<BTreeMap<String, String>> {
    Ok(all(page).await?.into_iter().filter(|(key, _)| key.starts_with(start)).collect())
}

/// Fills the free space, under keys that do not belong to Naast, up to the last few characters.
///
/// # Errors
/// If there seems to be no limit.
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

/// Removes what [`fill`] wrote.
///
/// # Errors
/// If the browser does not answer.
pub async fn empty(page: &Page) -> Result<()> {
    page.run("for (const key of Object.keys(localStorage)) if (key.startsWith('other.')) localStorage.removeItem(key)")
        .await
        .map(drop)
}
