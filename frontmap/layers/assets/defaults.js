L.Icon.Default.imagePath = " ";
L.Icon.Default.mergeOptions(ICONS);
L.Icon.Default.prototype._getIconUrl = function (name) {
  return this.options[`${name}Url`];
};
L.Control.Attribution.mergeOptions({ prefix: false });
window.$ ??= (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return [template.content.firstElementChild];
};
