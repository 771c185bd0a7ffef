//! What stands in the text of an article and is not the article: share lines, pleas to subscribe, comment forms.
