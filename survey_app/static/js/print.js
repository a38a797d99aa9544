// A button for what browsers have in a menu.

const button = document.getElementById("print");
button.addEventListener("click", () => print());
button.hidden = false;
