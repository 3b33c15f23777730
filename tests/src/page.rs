//! The page, as a person uses it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{Key, WebDriver, WebElement};

use crate::locator::{Locator, Name};

/// Finds, waits and describes within the page.
const SCRIPT: &str = include_str!("page.js");

/// The time limit for one step of a scenario. It is generous, because two processors run everything.
const PATIENCE: Duration = Duration::from_secs(20);

/// The elements that accept input.
const FIELDS: &[&str] = &["textbox", "searchbox", "combobox", "slider", "spinbutton"];

/// Records whether the next click reaches an element. A page that is left by the click reports nothing.
const WATCH_TOUCH: &str = "const [element] = arguments; window.touchLanded = null; \
    addEventListener('pointerdown', (event) => { window.touchLanded = event.composedPath().includes(element); }, \
    { capture: true, once: true })";

/// Two clicks on one spot within this time are a double tap.
const DOUBLE_TAP: Duration = Duration::from_millis(600);

/// A page in the foreground window of a browser.
#[derive(Debug, Clone)]
pub struct Page {
    driver: WebDriver,
    touched: Arc<Mutex<Option<Touch>>>,
}

/// The time and place of the last click.
#[derive(Debug, Clone, Copy)]
struct Touch {
    x: f64,
    y: f64,
    at: Instant,
}

/// An element of the page.
#[derive(Debug, Clone)]
pub struct Thing {
    page: Page,
    locator: Locator,
}

#[derive(Deserialize)]
struct Answer {
    ok: Option<Value>,
    late: Option<String>,
    page: Option<String>,
}

impl Page {
    /// The page of this browser.
    #[must_use]
    pub fn new(driver: WebDriver) -> Self {
        Self { driver, touched: Arc::default() }
    }

    /// The connection to the browser, for what people cannot do.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    fn thing(&self, kind: &str, roles: &'static [&'static str], name: impl Into<Name>) -> Thing {
        Thing { page: self.clone(), locator: Locator::new(kind, roles, name.into()) }
    }

    /// A button, including one that unfolds something.
    #[must_use]
    pub fn button(&self, name: impl Into<Name>) -> Thing {
        self.thing("button", &["button"], name)
    }

    /// A link.
    #[must_use]
    pub fn link(&self, name: impl Into<Name>) -> Thing {
        self.thing("link", &["link"], name)
    }

    /// A text field.
    #[must_use]
    pub fn field(&self, name: impl Into<Name>) -> Thing {
        self.thing("field", FIELDS, name)
    }

    /// A field for a file.
    #[must_use]
    pub fn file(&self, name: impl Into<Name>) -> Thing {
        self.thing("field for a file", &["file"], name)
    }

    /// A heading.
    #[must_use]
    pub fn heading(&self, name: impl Into<Name>) -> Thing {
        self.thing("heading", &["heading"], name)
    }

    /// The main heading of the page.
    #[must_use]
    pub fn title(&self, name: impl Into<Name>) -> Thing {
        let mut title = self.thing("main heading", &["heading"], name);
        title.locator = title.locator.level(1);
        title
    }

    /// A radio button.
    #[must_use]
    pub fn radio(&self, name: impl Into<Name>) -> Thing {
        self.thing("choice", &["radio"], name)
    }

    /// A checkbox or switch.
    #[must_use]
    pub fn checkbox(&self, name: impl Into<Name>) -> Thing {
        self.thing("checkbox", &["checkbox", "switch"], name)
    }

    /// A sheet or dialog.
    #[must_use]
    pub fn dialog(&self, name: impl Into<Name>) -> Thing {
        self.thing("dialog", &["dialog", "alertdialog"], name)
    }

    /// An item of a list.
    #[must_use]
    pub fn item(&self, name: impl Into<Name>) -> Thing {
        self.thing("item", &["listitem"], name)
    }

    /// A navigation landmark.
    #[must_use]
    pub fn navigation(&self, name: impl Into<Name>) -> Thing {
        self.thing("navigation", &["navigation"], name)
    }

    /// A named group, such as a row of chips.
    #[must_use]
    pub fn group(&self, name: impl Into<Name>) -> Thing {
        self.thing("group", &["group", "radiogroup", "region"], name)
    }

    /// The content between the bars.
    #[must_use]
    pub fn main(&self) -> Thing {
        self.thing("main part", &["main"], crate::locator::any())
    }

    /// An alert.
    #[must_use]
    pub fn alert(&self, name: impl Into<Name>) -> Thing {
        self.thing("alert", &["alert"], name)
    }

    /// Loads an address and waits until the app can be used.
    ///
    /// # Errors
    /// If it does not become ready.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.driver.get(url).await.with_context(|| format!("{url} does not load"))?;
        self.ready().await
    }

    /// Waits until the app can be used.
    ///
    /// # Errors
    /// If it takes too long.
    pub async fn ready(&self) -> Result<()> {
        self.wait(json!({ "what": "ready" })).await.map(drop)
    }

    /// Waits until the page contains this text.
    ///
    /// # Errors
    /// If it does not.
    pub async fn see(&self, text: &str) -> Result<()> {
        self.wait(json!({ "what": "text", "text": text })).await.map(drop)
    }

    /// Waits until the page no longer contains this text.
    ///
    /// # Errors
    /// If it still does.
    pub async fn not_see(&self, text: &str) -> Result<()> {
        self.wait(json!({ "what": "noText", "text": text })).await.map(drop)
    }

    /// The text of the page.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn text(&self) -> Result<String> {
        Ok(serde_json::from_value(self.wait(json!({ "what": "wholeText" })).await?)?)
    }

    /// Waits until the hash of the address is this, such as `#/vragen`.
    ///
    /// # Errors
    /// If it remains another.
    pub async fn at(&self, hash: impl Into<Name>) -> Result<()> {
        self.wait(json!({ "what": "address", "name": hash.into() })).await.map(drop)
    }

    /// The present hash of the address.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn hash(&self) -> Result<String> {
        Ok(self.run("return location.hash").await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a script returns something truthy, and returns it. `said` describes it in an error.
    ///
    /// # Errors
    /// If it does not.
    pub async fn until(&self, said: &str, body: &str) -> Result<Value> {
        self.ask(json!({ "what": "yes", "said": said }), Some(body)).await
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// The exception of the script.
    pub async fn run(&self, body: &str) -> Result<Value> {
        self.run_with(body, vec![]).await
    }

    /// Runs a script with arguments.
    ///
    /// # Errors
    /// The exception of the script.
    pub async fn run_with(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(body, arguments).await?.json().clone())
    }

    /// Runs a script that answers by calling its last argument.
    ///
    /// # Errors
    /// The exception of the script.
    pub async fn run_async(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute_async(body, arguments).await?.json().clone())
    }

    /// Waits until all animations have ended and the page is painted. Long animations, such as a spinner, are
    /// not waited for, nor are those within closed details.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn settled(&self) -> Result<()> {
        let script = "const done = arguments[0]; \
            const frame = () => new Promise((go) => { requestAnimationFrame(go); setTimeout(go, 200); }); \
            const short = (a) => a.effect.getComputedTiming().endTime < 2000; \
            const seen = (a) => a.effect.target?.checkVisibility() !== false; \
            const moving = () => document.getAnimations().filter((a) => short(a) && seen(a)); \
            frame().then(() => Promise.all(moving().map((a) => a.finished.catch(() => {})))) \
              .then(frame).then(frame).then(() => done(true))";
        self.run_async(script, vec![]).await.map(drop)
    }

    /// Goes back, as the gesture of the phone does.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn back(&self) -> Result<()> {
        // The `back` of WebDriver waits for a load, which a change of the hash does not cause.
        self.run("history.back()").await.map(drop)
    }

    /// Goes forward.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn forward(&self) -> Result<()> {
        self.run("history.forward()").await.map(drop)
    }

    /// Goes to an address within the app, as from a bookmark.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn go(&self, hash: &str) -> Result<()> {
        self.run_with("location.hash = arguments[0]", vec![json!(hash)]).await.map(drop)
    }

    /// Presses keys, wherever the focus is.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.driver.action_chain().send_keys(key).perform().await?;
        Ok(())
    }

    /// What is on the page, by role and name.
    pub async fn describe(&self) -> String {
        match self.wait(json!({ "what": "describe" })).await {
            Ok(text) => text.as_str().unwrap_or_default().to_owned(),
            Err(error) => format!("(cannot look at the page: {error:#})"),
        }
    }

    async fn wait(&self, request: Value) -> Result<Value> {
        self.ask(request, None).await
    }

    /// Waits if a click would be taken for the second half of a double tap: on the same spot, sooner than a
    /// person decides to do something else. Returns the spot.
    async fn not_too_fast(&self, element: &WebElement) -> Result<(f64, f64)> {
        let place =
            "const box = arguments[0].getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]";
        let (x, y): (f64, f64) = serde_json::from_value(self.run_with(place, vec![element.to_json()?]).await?)?;
        let last = *self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last.filter(|last| (last.x - x).abs() < 50.0 && (last.y - y).abs() < 50.0) {
            tokio::time::sleep(DOUBLE_TAP.saturating_sub(last.at.elapsed())).await;
        }
        Ok((x, y))
    }

    fn remember(&self, x: f64, y: f64) {
        *self.touched.lock().unwrap_or_else(PoisonError::into_inner) = Some(Touch { x, y, at: Instant::now() });
    }

    async fn ask(&self, mut request: Value, yes: Option<&str>) -> Result<Value> {
        let started = Instant::now();
        let script = match yes {
            Some(body) => {
                SCRIPT.replacen("const YES = () => false; // YES", &format!("const YES = () => {{ {body} }};"), 1)
            }
            None => SCRIPT.to_owned(),
        };
        loop {
            let left = PATIENCE.saturating_sub(started.elapsed());
            request["ms"] = json!(left.as_millis().max(1));
            let answer = match self.driver.execute_async(script.as_str(), vec![request.clone()]).await {
                Ok(answer) => answer,
                // The document changed during the wait: continue in the new one.
                Err(error) if document_changed(&error) && !left.is_zero() => continue,
                Err(error) => return Err(error.into()),
            };
            // Firefox returns nothing in that case.
            if answer.json().is_null() && !left.is_zero() {
                continue;
            }
            let answer: Answer = answer.convert().context("no answer from the page")?;
            return match (answer.ok, answer.late) {
                (Some(value), _) => Ok(value),
                (None, Some(late)) => bail!("{late}\n{}", answer.page.unwrap_or_default()),
                (None, None) => Ok(Value::Null),
            };
        }
    }
}

/// Whether a script ended because its document did.
fn document_changed(error: &thirtyfour::error::WebDriverError) -> bool {
    let text = error.to_string();
    // Chromium may report a timeout long before the time limit, which is shorter.
    matches!(**error, WebDriverErrorInner::ScriptTimeout(_))
        || matches!(**error, WebDriverErrorInner::JavascriptError(_)) && text.contains("unload")
        || text.contains("Document was unloaded")
        || text.contains("document unloaded")
        || text.contains("before the unload event")
        || text.contains("aborted by navigation")
}

impl Thing {
    /// The one at this position among several, from 0; from -1 backwards.
    #[must_use]
    pub fn nth(mut self, nth: i32) -> Self {
        self.locator = self.locator.nth(nth);
        self
    }

    /// The first of several.
    #[must_use]
    pub fn first(self) -> Self {
        self.nth(0)
    }

    /// Only if it contains this text.
    #[must_use]
    pub fn holding(mut self, text: &str) -> Self {
        self.locator = self.locator.holding(text);
        self
    }

    /// Only within that other element.
    #[must_use]
    pub fn within(mut self, outer: &Self) -> Self {
        self.locator = self.locator.within(outer.locator.clone());
        self
    }

    async fn wait(&self, mut request: Value) -> Result<Value> {
        request["locator"] = serde_json::to_value(&self.locator)?;
        self.page.wait(request).await
    }

    /// Waits until it exists exactly once, and returns it.
    ///
    /// # Errors
    /// If it does not exist, or more than once.
    pub async fn element(&self) -> Result<WebElement> {
        self.fetch(json!({ "what": "one", "settle": true })).await
    }

    async fn fetch(&self, request: Value) -> Result<WebElement> {
        let value = self.wait(request).await?;
        Ok(WebElement::from_json(value, self.page.driver.handle().clone())?)
    }

    /// Waits until it exists exactly once.
    ///
    /// # Errors
    /// If it does not.
    pub async fn see(&self) -> Result<()> {
        self.wait(json!({ "what": "one" })).await.map(drop)
    }

    /// Waits until at least one exists.
    ///
    /// # Errors
    /// If there is none.
    pub async fn see_some(&self) -> Result<()> {
        self.wait(json!({ "what": "some" })).await.map(drop)
    }

    /// Waits until it does not exist.
    ///
    /// # Errors
    /// If it remains.
    pub async fn gone(&self) -> Result<()> {
        self.wait(json!({ "what": "none" })).await.map(drop)
    }

    /// The present number of matches.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn count(&self) -> Result<usize> {
        Ok(serde_json::from_value(self.wait(json!({ "what": "count" })).await?)?)
    }

    /// The names of all present matches.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn names(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.wait(json!({ "what": "names" })).await?)?)
    }

    /// Clicks it, in the middle of the screen. A driver that has just seen the page change may compute
    /// another spot than the page; if the click missed, it is repeated.
    ///
    /// # Errors
    /// If it does not exist, is disabled, or is covered.
    pub async fn click(&self) -> Result<()> {
        let mut replaced = 0;
        loop {
            let element = self.fetch(json!({ "what": "one", "usable": true, "settle": true })).await?;
            let (x, y) = self.page.not_too_fast(&element).await?;
            self.page.run_with(WATCH_TOUCH, vec![element.to_json()?]).await?;
            let touched = element.click().await;
            self.page.remember(x, y);
            match touched {
                // A page that is being left does not answer.
                Ok(()) => match self.page.run("return window.touchLanded === false").await {
                    Ok(missed) if missed == json!(true) && replaced < 3 => replaced += 1,
                    _ => return Ok(()),
                },
                // It was rendered anew between finding and clicking.
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) && replaced < 3 => {
                    replaced += 1;
                }
                Err(error) => {
                    let page = self.page.describe().await;
                    return Err(error).with_context(|| format!("cannot touch {}\n{page}", self.locator.said()));
                }
            }
        }
    }

    /// Clicks it twice, as fast as the driver can.
    ///
    /// # Errors
    /// If it does not exist.
    pub async fn click_twice(&self) -> Result<()> {
        let element = self.fetch(json!({ "what": "one", "usable": true, "settle": true })).await?;
        let (x, y) = self.page.not_too_fast(&element).await?;
        self.page.driver.action_chain().double_click_element(&element).perform().await?;
        self.page.remember(x, y);
        Ok(())
    }

    /// Types at the end of its text.
    ///
    /// # Errors
    /// If it does not exist.
    pub async fn type_in(&self, text: &str) -> Result<()> {
        let element = self.fetch(json!({ "what": "one", "usable": true, "settle": true })).await?;
        element.send_keys(text).await.with_context(|| format!("cannot type in {}", self.locator.said()))
    }

    /// Chooses the file at this path.
    ///
    /// # Errors
    /// If it does not exist.
    pub async fn choose(&self, path: &std::path::Path) -> Result<()> {
        self.type_in(path.to_str().context("a path")?).await
    }

    /// Replaces its text by typing.
    ///
    /// # Errors
    /// If it does not exist.
    pub async fn fill(&self, text: &str) -> Result<()> {
        let element = self.fetch(json!({ "what": "one", "usable": true, "settle": true })).await?;
        element.send_keys(Key::Control + "a").await?;
        element.send_keys(Key::Backspace + "").await?;
        self.has("").await?;
        self.type_in(text).await
    }

    /// Inserts text at once, as pasting does: for emoji and long texts, which drivers cannot type.
    ///
    /// # Errors
    /// If it does not exist or accepts no text.
    pub async fn paste(&self, text: &str) -> Result<()> {
        let element = self.fetch(json!({ "what": "one", "usable": true, "settle": true })).await?;
        let script = "const [field, text] = arguments; field.focus(); \
             return document.execCommand('insertText', false, text)";
        let done = self.page.run_with(script, vec![element.to_json()?, json!(text)]).await?;
        anyhow::ensure!(done == json!(true), "{} takes no text", self.locator.said());
        Ok(())
    }

    /// Sets a date or a slider, for which drivers differ in typing.
    ///
    /// # Errors
    /// If it does not exist.
    pub async fn set(&self, value: &str) -> Result<()> {
        let element = self.fetch(json!({ "what": "one", "usable": true, "settle": true })).await?;
        let script = "const [field, value] = arguments; field.value = value; \
             for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))";
        self.page.run_with(script, vec![element.to_json()?, json!(value)]).await.map(drop)
    }

    /// Presses a key while it has the focus.
    ///
    /// # Errors
    /// If it does not exist.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.element().await?.send_keys(key + "").await?;
        Ok(())
    }

    /// Waits until its value is this.
    ///
    /// # Errors
    /// If it is another.
    pub async fn has(&self, value: &str) -> Result<()> {
        self.wait(json!({ "what": "value", "value": value })).await.map(drop)
    }

    /// Its present value.
    ///
    /// # Errors
    /// If it does not exist.
    pub async fn value(&self) -> Result<String> {
        let element = self.fetch(json!({ "what": "one" })).await?;
        Ok(element.prop("value").await?.unwrap_or_default())
    }

    /// Waits until it contains this text.
    ///
    /// # Errors
    /// If it does not.
    pub async fn says(&self, text: &str) -> Result<()> {
        self.wait(json!({ "what": "text", "text": text })).await.map(drop)
    }

    /// Waits until it has a state: `checked`, `pressed`, `disabled`, `current`, `focused`.
    ///
    /// # Errors
    /// If it does not.
    pub async fn is(&self, state: &str) -> Result<()> {
        self.wait(json!({ "what": "state", "state": state, "on": true })).await.map(drop)
    }

    /// Waits until it does not have that state.
    ///
    /// # Errors
    /// If it still does.
    pub async fn is_not(&self, state: &str) -> Result<()> {
        self.wait(json!({ "what": "state", "state": state, "on": false })).await.map(drop)
    }
}
