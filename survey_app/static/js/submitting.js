// Submit a form by the keyboard.

/** Do what a press on the form's first button does; iPads before iPadOS 16 know no requestSubmit. */
export const submit = (form) => form.querySelector("button:not([type=button])").click();
