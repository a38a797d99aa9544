// Choice filters: what is not offered is not shown, and cannot stay chosen.

export function enhance(screens) {
  const { answers } = screens;

  /** Hide one alternative; tell whether it was chosen and no longer is. */
  function offer(control, isOffered) {
    const shown = control.closest(".choice") ?? control;
    shown.hidden = control.disabled = !isOffered;
    const wasChosen = !isOffered && (control.checked || control.selected);
    if (wasChosen) control.checked = control.selected = false;
    return wasChosen;
  }

  function filter({ element }, offered) {
    const options = [...element.querySelectorAll(".choice input, option:not([value=''])")];
    const dropped = options.filter((option) => offer(option, !offered || offered.has(option.value)));
    element.querySelector(".nothing-offered").hidden = offered?.size !== 0;
    return dropped.length > 0;
  }

  return {
    follow(state) {
      let isChanged = false;
      for (const [address, question] of answers.questions) {
        if (!state.question(address)?.choice_filter || !question.controls.length) continue;
        if (filter(question, state.offered(address))) isChanged = true;
      }
      return isChanged;
    },
  };
}
