document.getElementById("problem").hidden = location.search !== "?wrong";
