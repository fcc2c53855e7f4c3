const asked = new URLSearchParams(location.search);
document.getElementById("problem").hidden = !asked.has("wrong");
document.querySelector("input[name=to]").value = asked.get("to") ?? "/";
