"use strict";
/* The board's one script: brings the code of a link, keeps the page up to date, counts, and sends forms without leaving
   the page. Everything is there without it, by reloading. */
(function () {
  var SILENCE = 15000, RETRY = 3000, PATIENCE = 20000;
  var body = document.body, french = document.documentElement.lang === "fr";
  var skew = 0;

  function all(selector, root) { return Array.from((root || document).querySelectorAll(selector)); }
  function now() { return Date.now() + skew; }
  function setSkew(from) { if (from.dataset.now) { skew = Number(from.dataset.now) - Date.now(); } }

  /* Words: the same as in BoardMoment.swift. */
  function pick(fr, en) { return french ? fr : en; }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function briefly(s) {
    if (s < 60) { return s + "\u00a0s"; }
    var m = Math.floor(s / 60);
    return m < 60 ? m + "\u00a0min" : Math.floor(m / 60) + "\u00a0h\u00a0" + two(m % 60);
  }
  var words = {
    ago: function (s) {
      return s < 5 ? pick("à l’instant", "just now") : pick("il y a " + briefly(s), briefly(s) + " ago");
    },
    since: function (s) { s = briefly(Math.max(s, 0)); return pick("depuis " + s, "for " + s); },
    until: function (s) { return s >= 0 ? pick("maintenant", "now") : pick("dans ", "in ") + briefly(-s); }
  };
  function clock(ms) {
    var parts = {}, options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (body.dataset.zone) { options.timeZone = body.dataset.zone; }
    try {
      new Intl.DateTimeFormat("en", options).formatToParts(ms).forEach(function (p) { parts[p.type] = p.value; });
    } catch (e) {
      var date = new Date(ms);
      parts = { hour: two(date.getHours()), minute: two(date.getMinutes()) };
    }
    return pick(Number(parts.hour) + "\u00a0h\u00a0" + parts.minute, parts.hour + ":" + parts.minute);
  }
  function say(element, text) { if (element.textContent !== text) { element.textContent = text; } }
  function count() {
    ["ago", "since", "until"].forEach(function (form) {
      all("[data-" + form + "]").forEach(function (element) {
        var seconds = Math.floor((now() - Number(element.dataset[form])) / 1000);
        say(element, words[form](seconds));
      });
    });
    all("[data-enable]").forEach(function (button) {
      if (now() >= Number(button.dataset.enable)) {
        button.disabled = false;
        button.removeAttribute("data-enable");
      }
    });
    function isGone(element) { return now() >= Number(element.dataset.gone); }
    var turned = all("[data-gone]").filter(function (element) { return element.hidden !== isGone(element); });
    if (turned.length) {
      inPlace(function () { turned.forEach(function (element) { element.hidden = isGone(element); }); });
    }
  }

  /* The new page into the old one, element by element: what has not changed stays, with what is open, filled in or in
     focus. */
  function key(node) { return node.nodeType === 1 ? node.id || node.getAttribute("aria-labelledby") || "" : ""; }
  function isAlike(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);
  }
  function mergeAttributes(from, to) {
    var isFold = to.nodeName === "DETAILS";
    Array.from(to.attributes).forEach(function (a) {
      if (!from.hasAttribute(a.name) && !(isFold && a.name === "open")) { to.removeAttribute(a.name); }
    });
    Array.from(from.attributes).forEach(function (a) {
      if (to.getAttribute(a.name) !== a.value && !(isFold && a.name === "open")) { to.setAttribute(a.name, a.value); }
    });
  }
  function merge(from, to) {
    if (to.nodeType !== 1) {
      if (to.nodeValue !== from.nodeValue) { to.nodeValue = from.nodeValue; }
      return;
    }
    mergeAttributes(from, to);
    var keyed = {}, wantedKeys = new Set(Array.from(from.childNodes, key));
    Array.from(to.childNodes).forEach(function (child) {
      if (!key(child)) { return; }
      if (wantedKeys.has(key(child))) { keyed[key(child)] = child; } else { to.removeChild(child); }
    });
    var place = to.firstChild;
    Array.from(from.childNodes).forEach(function (wanted) {
      var found = key(wanted) ? keyed[key(wanted)] : place;
      if (found && isAlike(wanted, found)) {
        if (found === place) { place = place.nextSibling; } else { to.insertBefore(found, place); }
        merge(wanted, found);
      } else {
        to.insertBefore(document.importNode(wanted, true), place);
        /* What stood there was another element: it is in the way, unless it is wanted further down. */
        if (place && !key(place) && place.nodeType === wanted.nodeType) {
          var old = place;
          place = place.nextSibling;
          to.removeChild(old);
        }
      }
    });
    while (place) {
      var next = place.nextSibling;
      to.removeChild(place);
      place = next;
    }
  }
  /* What begins in the window, and where it stands: above what only reaches into it, more may come. First a fold that is
     open: that is what is being read, and lines between it and the window's head may come and go. */
  function anchors() {
    if (window.scrollY === 0) { return []; }
    return all("[data-live] [id]").filter(function (e) { return e.offsetParent; }).map(function (e) {
      return { id: e.id, top: e.getBoundingClientRect().top, isOpen: e.nodeName === "DETAILS" && e.open };
    }).filter(function (a) { return a.top >= 0 && a.top < window.innerHeight; })
      .sort(function (a, b) { return b.isOpen - a.isOpen; });
  }
  /* Does what may change heights; what is being read stays where it is. */
  function inPlace(work) {
    var held = anchors();
    work();
    var stays = held.find(function (a) { return document.getElementById(a.id); });
    if (stays) {
      var top = document.getElementById(stays.id).getBoundingClientRect().top;
      window.scrollBy({ top: top - stays.top, behavior: "instant" });
    }
  }
  /* The browser's own idea of it would come on top of ours. */
  document.documentElement.style.overflowAnchor = "none";
  function show(page) {
    var focused = document.activeElement;
    setSkew(page.body);
    document.title = page.title;
    inPlace(function () {
      all("[data-live]").forEach(function (live) {
        var from = page.querySelector('[data-live="' + live.dataset.live + '"]');
        if (from) { merge(from, live); }
      });
      count();
    });
    if (focused && focused !== body && document.activeElement !== focused) {
      var again = focused.isConnected ? focused : focused.id ? document.getElementById(focused.id) : null;
      if (!again) {
        again = document.querySelector("h1");
        again.tabIndex = -1;
      }
      again.focus({ preventScroll: true });
    }
  }
  function parse(text) { return new DOMParser().parseFromString(text, "text/html"); }
  function ask(url, options) {
    var stop = new AbortController(), timer = setTimeout(function () { stop.abort(); }, PATIENCE);
    return fetch(url, Object.assign({ credentials: "same-origin", cache: "no-store", signal: stop.signal }, options))
      .then(function (answer) {
        if (answer.status === 401) { location.assign("/"); }
        return answer.text().then(function (text) { return { answer: answer, page: parse(text) }; });
      }).finally(function () { clearTimeout(timer); });
  }

  /* At most one fetch under way and one waiting. */
  var isFetching = false, isWanted = false;
  function refresh() {
    if (isFetching) { isWanted = true; return; }
    isFetching = true;
    isWanted = false;
    ask(location.pathname + location.search).then(function (got) {
      if (got.answer.ok) { show(got.page); }
    }).catch(function () { lose(); }).finally(function () {
      isFetching = false;
      if (isWanted) { refresh(); }
    });
  }

  /* The stream of events. */
  var banner = document.querySelector("[data-lost]"), heardAt = Date.now(), source = null, wasLost = false;
  function hear() {
    heardAt = Date.now();
    if (banner) { say(banner, ""); }
  }
  function lose() { if (banner && body.dataset.events) { say(banner, banner.dataset.lost.replace("%", clock(heardAt + skew))); } }
  function listen() {
    source = new EventSource(body.dataset.events);
    source.addEventListener("open", function () {
      hear();
      if (wasLost) { wasLost = false; refresh(); }
    });
    source.addEventListener("beat", hear);
    source.addEventListener("changed", function () { hear(); refresh(); });
    source.addEventListener("error", function () {
      wasLost = true;
      lose();
      if (source.readyState === EventSource.CLOSED) {
        source.close();
        /* The fetch finds out whether we may still be here. */
        setTimeout(function () { refresh(); listen(); }, RETRY);
      }
    });
  }
  if (body.dataset.events && window.EventSource) {
    listen();
    setInterval(function () { if (Date.now() - heardAt > SILENCE) { wasLost = true; lose(); } }, 1000);
    window.addEventListener("pagehide", function () { source.close(); });
    window.addEventListener("pageshow", function (event) { if (event.persisted) { wasLost = true; listen(); } });
  }

  /* Forms that are sent without leaving the page. */
  var alerts = document.querySelector("[data-alert]");
  function warn(text) {
    if (!alerts) { return; }
    alerts.textContent = "";
    if (!text) { return; }
    var said = document.createElement("p"), close = document.createElement("button");
    said.textContent = text;
    close.type = "button";
    close.textContent = alerts.dataset.alert;
    close.addEventListener("click", function () { warn(""); });
    alerts.append(said, close);
  }
  function value(field) { return field.type === "checkbox" ? field.checked : field.value; }
  document.addEventListener("submit", function (event) {
    var form = event.target, sender = event.submitter;
    if (!form.matches("[data-quiet]") || form.dataset.sending) {
      if (form.dataset.sending) { event.preventDefault(); }
      return;
    }
    event.preventDefault();
    form.dataset.sending = "sending";
    var data = new URLSearchParams(new FormData(form));
    if (sender && sender.name) { data.append(sender.name, sender.value); }
    var sent = Array.from(form.elements).map(function (field) { return [field, value(field)]; });
    warn("");
    ask(form.getAttribute("action").split("#")[0], { method: "POST", body: data }).then(function (got) {
      var problem = got.page.querySelector("[data-problem]");
      if (!got.answer.ok || problem) { return warn(problem ? problem.textContent : String(got.answer.status)); }
      if (new URL(got.answer.url).pathname === location.pathname && got.page.querySelector("[data-live]")) {
        show(got.page);
      } else { refresh(); }
      /* What was sent is no longer half filled in; what was typed since is. */
      sent.forEach(function (pair) {
        var field = pair[0];
        if (value(field) !== pair[1] || field.type === "hidden") { return; }
        if (field.type === "checkbox") { field.checked = field.defaultChecked; }
        else if (field.matches("input, textarea")) { field.value = field.defaultValue; }
      });
      if (form.matches("[data-guard]")) {
        unsaved = sent.some(function (pair) { return pair[0].defaultValue !== undefined && value(pair[0]) !== pair[0].defaultValue; });
      }
    }).catch(function () {
      warn(banner ? banner.dataset.lost.replace("%", clock(heardAt + skew)) : pick("Pas de réponse.", "No answer."));
    }).finally(function () { delete form.dataset.sending; });
  });

  /* Words that were typed and not saved are not lost by a click. */
  var unsaved = false;
  document.addEventListener("input", function (event) { if (event.target.closest("[data-guard]")) { unsaved = true; } });
  window.addEventListener("beforeunload", function (event) { if (unsaved) { event.preventDefault(); } });

  /* The code of a link: out of the address before anything else, then sent; also where a page is open already, for a link
     that is pasted loads nothing, and whoever opens one is to come to its own page and not to somebody else's. */
  var entry = document.querySelector("[data-entry]");
  function enter() {
    var code = location.hash.slice(1);
    if (!code || (!entry && !/^[0-9a-z]{26}$/.test(code))) { return; }
    try { code = decodeURIComponent(code); } catch (e) { /* as it is */ }
    history.replaceState(null, "", location.pathname + location.search);
    var form = entry;
    if (!form) {
      form = document.createElement("form");
      form.method = "post";
      form.action = "/enter";
      form.hidden = true;
      form.appendChild(document.createElement("input")).name = "code";
      body.appendChild(form);
    }
    form.querySelector("[name=code]").value = code;
    form.submit();
  }
  enter();
  window.addEventListener("hashchange", enter);

  setSkew(body);
  count();
  setInterval(count, 1000);
})();
