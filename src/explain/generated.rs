use super::Text;
pub(super) static TEXTS: &[Text] = &[];
