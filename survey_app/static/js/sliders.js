// A slider beside the number of a range. It has no answer until it is touched.

export function enhance(screens) {
  const adopt = () => {
    for (const field of screens.form.querySelectorAll("input[data-range]:not(.has-slider)")) {
      add(field);
    }
  };
  adopt();
  return {
    adopt,
    show() {
      for (const slider of screens.form.querySelectorAll(".slider")) show(slider);
    },
  };

  function add(field) {
    const slider = document.getElementById("slider").content.firstElementChild.cloneNode(true);
    [slider.min, slider.max, slider.step] = field.dataset.range.split(" ");
    slider.setAttribute("aria-label", field.labels[0].textContent.trim());
    field.classList.add("has-slider");
    field.before(slider);
    const take = () => {
      field.value = slider.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    slider.addEventListener("input", (event) => {
      event.stopPropagation();
      take();
    });
    // Touched in the middle, where it stands without an answer, it moves nowhere: that is one too.
    slider.addEventListener("click", () => slider.classList.contains("is-idle") && take());
  }

  function show(slider) {
    const { value } = slider.nextElementSibling;
    const number = value.trim() === "" ? NaN : Number(value.replace(",", "."));
    slider.classList.toggle("is-idle", Number.isNaN(number));
    if (Number.isNaN(number)) {
      slider.value = (Number(slider.min) + Number(slider.max)) / 2;
      slider.setAttribute("aria-valuetext", screens.words.no_answer);
    } else {
      slider.value = number;
      slider.removeAttribute("aria-valuetext");
    }
  }
}
