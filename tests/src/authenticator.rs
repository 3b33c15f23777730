//! The lock of a phone, played by Chromium: a passkey that gives a secret after a finger which is
//! always, or never, the right one.

use anyhow::{Context, Result};
use serde_json::json;

use crate::page::Page;

/// A lock of the phone; there as long as its window is.
#[derive(Debug)]
pub struct Authenticator {
    page: Page,
    id: String,
}

impl Authenticator {
    /// Gives the phone a lock, one that gives secrets or none.
    ///
    /// # Errors
    /// When the browser has no such thing.
    pub async fn new(page: &Page, secrets: bool) -> Result<Self> {
        let tools = page.driver().cdp();
        tools.send_raw("WebAuthn.enable", json!({ "enableUI": false })).await?;
        let options = json!({ "options": {
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal",
            "hasResidentKey": true, "hasUserVerification": true, "isUserVerified": true,
            "automaticPresenceSimulation": true, "hasPrf": secrets,
        } });
        let made = tools.send_raw("WebAuthn.addVirtualAuthenticator", options).await?;
        let id = made["authenticatorId"].as_str().context("an authenticator")?.to_owned();
        Ok(Self { page: page.clone(), id })
    }

    /// From now on the finger is the right one, or not.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn recognise(&self, right: bool) -> Result<()> {
        let how = json!({ "authenticatorId": self.id, "isUserVerified": right });
        self.page.driver().cdp().send_raw("WebAuthn.setUserVerified", how).await?;
        Ok(())
    }

    /// Forgets all its passkeys, as after clearing the passwords of the phone.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn forget(&self) -> Result<()> {
        let which = json!({ "authenticatorId": self.id });
        self.page.driver().cdp().send_raw("WebAuthn.clearCredentials", which).await?;
        Ok(())
    }

    /// How many passkeys it has.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn passkeys(&self) -> Result<usize> {
        let which = json!({ "authenticatorId": self.id });
        let all = self.page.driver().cdp().send_raw("WebAuthn.getCredentials", which).await?;
        Ok(all["credentials"].as_array().context("passkeys")?.len())
    }
}
