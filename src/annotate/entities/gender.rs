//! Whether a person is "he" or "she": by what the article calls them.

use crate::lexicon::name_lists::Gender;

/// The gender that roles tell of: "spokeswoman", "actress".
pub(super) fn of_roles(roles: &[String]) -> Option<Gender> {
    roles.iter().find_map(|role| {
        let head = role.split_whitespace().last()?.to_lowercase();
        match head.as_str() {
            "actress" | "queen" | "princess" | "duchess" | "mother" | "daughter" | "sister" | "wife" | "widow" | "aunt" | "niece"
            | "nun" | "grandmother" | "granddaughter" | "girlfriend" | "fiancee" | "baroness" => Some(Gender::Female),
            "king" | "prince" | "duke" | "father" | "son" | "brother" | "husband" | "widower" | "uncle" | "nephew" | "priest" | "pope"
            | "imam" | "grandfather" | "grandson" | "boyfriend" | "fiance" | "fisherman" | "sultan" | "emir" | "ayatollah" => {
                Some(Gender::Male)
            }
            _ if head.ends_with("woman") => Some(Gender::Female),
            _ if head.ends_with("sman") || matches!(head.as_str(), "policeman" | "gunman" | "congressman" | "councilman") => {
                Some(Gender::Male)
            }
            _ => None,
        }
    })
}
