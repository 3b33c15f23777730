//! The unlock methods beside the passphrase, the device lock and the recovery words, and changing them while the
//! vault is open.

use std::rc::Rc;

use naast_vault::{Device, DeviceKey, Entropy, HeaderError, KdfSetup, Passphrase, PassphraseKey, Vault};

use super::Session;
use super::unlock_key::{UnlockError, new_key, opened};
use crate::browser::device_lock::{self, NoSecret};
use crate::browser::{clock, key_worker, random, write_lock};
use crate::messages::device_lock::passkey;

/// A change of the unlock methods.
enum Change {
    /// Another passphrase.
    Passphrase(PassphraseKey),
    /// The passphrase that was derived with these parameters, with other parameters.
    Costs(KdfSetup, PassphraseKey),
    /// Other recovery words, or none.
    Recovery(Option<PassphraseKey>),
    /// One more device.
    Device(Device, DeviceKey),
    /// Without the device that has this credential.
    NoDevice(Vec<u8>),
}

impl Session {
    /// The devices whose lock opens the vault; subscribes.
    #[must_use]
    pub fn devices(self) -> Vec<Device> {
        drop(self.unlock_methods.read());
        self.vault
            .read_untracked()
            .as_ref()
            .map(|vault| vault.header().devices().cloned().collect::<Vec<_>>())
            .unwrap_or_default()
    }

    /// Whether recovery words open the vault; subscribes.
    #[must_use]
    pub fn has_recovery(self) -> bool {
        drop(self.unlock_methods.read());
        self.vault.read_untracked().as_ref().is_some_and(|vault| vault.header().recovery().is_some())
    }

    /// Opens the vault with the lock of this device.
    ///
    /// # Errors
    /// [`UnlockError`]; the vault stays locked.
    pub async fn unlock_with_device(self) -> Result<(), UnlockError> {
        let header = self.header().await?;
        let devices = header.devices().cloned().collect::<Vec<_>>();
        let secret = device_lock::ask(&devices).await.map_err(UnlockError::Device)?;
        let key = DeviceKey::from_prf(&secret).ok_or(UnlockError::Device(NoSecret::Unable))?;
        let vault = opened(header.unlock_with_device(&key), UnlockError::Device(NoSecret::Unable))?;
        self.open(Rc::new(vault)).await
    }

    /// Opens the vault with the recovery words. Until it is locked, the passphrase can be changed without the old
    /// one.
    ///
    /// # Errors
    /// [`UnlockError`]; the vault stays locked.
    pub async fn unlock_with_words(self, words: &Passphrase) -> Result<(), UnlockError> {
        let header = self.header().await?;
        let setup = header.recovery().ok_or(UnlockError::Changed)?;
        let key = key_worker::derive(words, setup).await?.key;
        self.open(Rc::new(opened(header.unlock(&key), UnlockError::WrongPassphrase)?)).await?;
        self.by_words.set(true);
        Ok(())
    }

    /// Checks the passphrase of the open vault.
    ///
    /// # Errors
    /// [`UnlockError`] if it does not fit, or if it cannot be checked.
    pub async fn knows(self, passphrase: &Passphrase) -> Result<(), UnlockError> {
        let header = self.vault.get_untracked().ok_or(UnlockError::Changed)?.header();
        let key = key_worker::derive(passphrase, header.setup()).await?.key;
        opened(header.unlock(&key), UnlockError::WrongPassphrase).map(drop)
    }

    /// Replaces the passphrase. The old one must be known, unless the vault was opened with the recovery words.
    ///
    /// # Errors
    /// [`UnlockError`]; the passphrase is unchanged.
    pub async fn change_passphrase(self, known: &Passphrase, wanted: &Passphrase) -> Result<(), UnlockError> {
        if !*self.by_words.read_untracked() {
            self.knows(known).await?;
        }
        self.change(Change::Passphrase(new_key(wanted).await?)).await?;
        self.by_words.set(false);
        Ok(())
    }

    /// Sets or removes the recovery words.
    ///
    /// # Errors
    /// [`UnlockError`]; nothing changed.
    pub async fn set_recovery(self, words: Option<&Passphrase>) -> Result<(), UnlockError> {
        let key = match words {
            // They are random, so weak parameters do not make them easier to guess.
            Some(words) => {
                let setup = KdfSetup::new(&mut random::Platform);
                Some(key_worker::derive(words, &setup).await?.key)
            }
            None => None,
        };
        self.change(Change::Recovery(key)).await
    }

    /// Adds the lock of this device.
    ///
    /// # Errors
    /// [`UnlockError`]; nothing changed.
    pub async fn add_device(self) -> Result<(), UnlockError> {
        let mut salt = [0; 32];
        random::Platform.fill(&mut salt);
        let (id, secret) = device_lock::make(passkey(), &salt).await.map_err(UnlockError::Device)?;
        let unable = UnlockError::Device(NoSecret::Unable);
        let device = Device::new(id, salt, clock::now()).ok_or(unable)?;
        let key = DeviceKey::from_prf(&secret).ok_or(unable)?;
        let name = device.credential_text();
        let outcome = self.change(Change::Device(device, key)).await;
        if outcome.is_err() {
            device_lock::forget(name.into());
        }
        outcome
    }

    /// Removes a device.
    ///
    /// # Errors
    /// [`UnlockError`]; nothing changed.
    pub async fn remove_device(self, device: &Device) -> Result<(), UnlockError> {
        self.change(Change::NoDevice(device.credential().to_vec())).await?;
        device_lock::forget(device.credential_text().into());
        Ok(())
    }

    /// Seals the data key anew with parameters that suit this device better. It runs in the background, and may
    /// fail unnoticed.
    pub(super) async fn raise_costs(self, known: KdfSetup, passphrase: Passphrase, wanted: KdfSetup) {
        if let Ok(derived) = key_worker::try_to_derive(&passphrase, &wanted).await {
            // The vault opens as before; it is tried again the next time.
            let _ = self.change(Change::Costs(known, derived.key)).await;
        }
    }

    /// Changes the unlock methods, under the write lock, in the store and in the journal.
    async fn change(self, change: Change) -> Result<(), UnlockError> {
        let lock = write_lock::acquire().await;
        let (Some(store), Some(vault)) = (self.store, self.vault.get_untracked()) else {
            return Err(UnlockError::Changed);
        };
        let entropy = &mut random::Platform;
        match change {
            Change::Passphrase(key) => vault.change_passphrase(&store, &key, entropy),
            Change::Costs(known, key) => vault.raise_costs(&store, &known, &key, entropy),
            Change::Recovery(key) => vault.set_recovery(&store, key.as_ref(), entropy),
            Change::Device(device, key) => vault.add_device(&store, device, &key, entropy),
            Change::NoDevice(credential) => vault.remove_device(&store, &credential, entropy),
        }
        .map_err(|error| match error {
            HeaderError::Store(error) => UnlockError::Store(error),
            _ => UnlockError::Changed,
        })?;
        self.journal_header(&vault).await;
        drop(lock);
        self.unlock_methods.set(());
        Ok(())
    }

    /// Writes the header to the journal as well.
    pub(super) async fn journal_header(self, vault: &Vault) {
        if let Some(journal) = self.journal.get_untracked() {
            let lies = journal.get(naast_vault::HEADER_KEY).await;
            let lacks = lies.map_or_else(|_| Vec::new(), |lies| vault.header_for_journal(lies));
            self.say_second(!lacks.is_empty() && journal.commit(&lacks).await.is_ok());
        }
    }
}
