"""What each key of a roster, a rubric and an exercise means: (French, English). Which keys there are the program itself says."""

# How a lint is asked for them: a key that there is not, in each place; {odd} stands for it.
ROSTER = """\
class: a
exercise: activite-2
{odd}: 1
defaults:
  {odd}: 1
  ssh: {{{odd}: 1, become: {{{odd}: 1}}, proxyJump: {{host: b, {odd}: 1}}}}
  hooks: {{{odd}: 1}}
  web: {{{odd}: 1}}
  dns: {{{odd}: 1}}
students:
  - id: x
    {odd}: 1
    serv1: {{address: 192.0.2.1, {odd}: 1}}
    serv2: 192.0.2.2
pattern: {{{odd}: 1, n: 1..3}}
"""
RUBRIC = """\
exercise: activite-2
title: x
total: 20
{odd}: 1
prerequisites: {{{odd}: 1, title: x, checks: {{}}}}
questions:
  - id: Q1
    title: x
    {odd}: 1
    checks:
      Q1.own: {{points: 1, title: a, run: [a], {odd}: 1}}
      Q1.written: {{points: 1, by: teacher, title: a, answer: {{{odd}: 1}}}}
"""
EXERCISE = """\
exercise: odd
title: x
machines: [a]
{odd}: 1
lab:
  k: {{kind: text, {odd}: 1}}
total: 1
questions:
  - id: Q1
    title: x
    checks:
      Q1.a: {{points: 1, title: a, listen: {{{odd}: 1, port: 3}}}}
      Q1.b: {{points: 1, title: a, file: {{{odd}: 1, path: /a}}}}
      Q1.c: {{points: 1, title: a, port: {{{odd}: 1, number: 3}}}}
      Q1.d: {{points: 1, title: a, http: {{{odd}: 1, url: "http://a/"}}}}
      Q1.e: {{points: 1, title: a, dns: {{{odd}: 1, name: a, server: 192.0.2.1}}}}
"""
LAB = """\
summary: one
{odd}: 1
files: [{{{odd}: 1}}]
ready: {{{odd}: 1}}
"""

# A place by its line, counted from 1, in the texts above; its heading; its keys.
ROSTER_PLACES = {
    3: (("En tête", "At its head"), {
        "class": ("Le nom de la classe, et du dossier de ses comptes rendus : lettres, chiffres, `. _ -`.", "The class's name, and that of its folder of reports: letters, digits, `. _ -`."),
        "exercise": ("Le TP, par son identifiant : `activite-2`.", "The lab sheet, by its id: `activite-2`."),
        "title": ("Ce que dit la page de classe en titre.", "The title of the class page."),
        "language": ("La langue des comptes rendus : `fr` ou `en`.", "The reports' language: `fr` or `en`."),
        "exam": ("`true` : les étudiants voient seulement si leurs machines sont joignables.", "`true`: students see only whether their machines can be reached."),
        "deadline": ("L'échéance : un jour ou un moment. Ce qui est trouvé après est marqué en retard.", "When it is due: a day or a moment. What is found later is marked late."),
        "timeZone": ("Le fuseau de la classe, comme `Europe/Paris` ; celui du poste, à défaut.", "The class's time zone, such as `Europe/Paris`; this machine's by default."),
        "defaults": ("Ce qui vaut pour tous les étudiants.", "What holds for every student."),
        "students": ("Les étudiants, une entrée chacun.", "The students, an entry each."),
        "pattern": ("Une entrée pour toute une classe, avec `{n}` dedans.", "One entry for a whole class, with `{n}` in it."),
    }),
    5: (("`defaults`", "`defaults`"), {
        "ssh": ("Comment se connecter.", "How to log in."),
        "network": ("D'où regarder le réseau : `auto`, `direct` (de ce poste), `tunnel` (d'un nœud).", "From where the network is looked at: `auto`, `direct` (this machine), `tunnel` (a node)."),
        "dns": ("Le serveur de noms, ou `none`.", "The name server, or `none`."),
        "web": ("Le site.", "The site."),
        "hooks": ("Les commandes de ce poste pour l'hyperviseur.", "This machine's commands for the hypervisor."),
    }),
    6: (("`ssh`", "`ssh`"), {
        "user": ("Le compte ; `root`.", "The account; `root`."),
        "port": ("Le port ; 22.", "The port; 22."),
        "identityFile": ("Une clé privée, ou plusieurs ; un chemin relatif l'est à la liste.", "A private key, or several; a relative path is so to the roster."),
        "identityPassphraseFile": ("Un fichier avec la phrase de passe de la clé.", "A file with the key's passphrase."),
        "identityPassphraseEnvironment": ("La variable d'environnement qui l'a.", "The environment variable that holds it."),
        "askPassphrase": ("`true` : la demander au début.", "`true`: ask for it when the command begins."),
        "agent": ("`true` : présenter les clés de l'agent SSH.", "`true`: offer the keys of the SSH agent."),
        "passwordFile": ("Un fichier avec le mot de passe, lisible de vous seul.", "A file with the password, which only you can read."),
        "passwordEnvironment": ("La variable d'environnement qui a le mot de passe.", "The environment variable that holds the password."),
        "askPassword": ("`true` : demander le mot de passe au début.", "`true`: ask for the password when the command begins."),
        "knownHosts": ("Le fichier des clés d'hôte ; `known_hosts` à côté de la liste.", "The file of host keys; `known_hosts` beside the roster."),
        "become": ("Comment devenir root : `none`, `sudo`, `su`, ou les clés ci-dessous.", "How to become root: `none`, `sudo`, `su`, or the keys below."),
        "proxyJump": ("Par quel rebond : `compte@hôte:port`, ou `host` et les clés de `ssh`.", "Through which jump host: `user@host:port`, or `host` and the keys of `ssh`."),
        "method": ("`become` : `none`, `sudo` ou `su`.", "`become`: `none`, `sudo` or `su`."),
        "host": ("`proxyJump` : le nom ou l'adresse du rebond.", "`proxyJump`: the jump host's name or address."),
    }),
    7: (("`hooks`", "`hooks`"), {
        "powerOn": ("Allume une machine : une liste de mots, avec `{vm}`, `{student}`, `{node}`.", "Switches a machine on: a list of words, with `{vm}`, `{student}`, `{node}`."),
        "powerLoss": ("Lui coupe le courant.", "Cuts its power."),
        "snapshot": ("En garde l'état, avec `{snapshot}`.", "Keeps its state, with `{snapshot}`."),
    }),
    8: (("`web`", "`web`"), {
        "url": ("La page : `http` ou `https`, port et chemin.", "The page: `http` or `https`, port and path."),
        "host": ("L'en-tête `Host`.", "The `Host` header."),
        "accept": ("Les états HTTP qui valent une réponse ; `[200]`.", "The statuses that count as an answer; `[200]`."),
        "expect": ("Un texte que la page doit montrer.", "A text that the page has to show."),
        "server": ("`apache` ou `nginx`.", "`apache` or `nginx`."),
    }),
    9: (("`dns`", "`dns`"), {
        "server": ("L'adresse du serveur de noms de l'étudiant.", "The address of the student's name server."),
        "names": ("Les noms qui doivent mener à l'adresse virtuelle.", "The names that have to lead to the virtual IP."),
    }),
    12: (("Un étudiant", "A student"), {
        "id": ("Son identifiant, qui nomme ses fichiers.", "The id, which names the files."),
        "name": ("Son nom.", "The name."),
        "names": ("Les noms d'une équipe.", "The names of a team."),
        "serv1": ("L'adresse du primaire, ou les clés d'une machine.", "The primary's address, or the keys of a machine."),
        "serv2": ("L'adresse du secondaire, ou les clés d'une machine.", "The secondary's address, or the keys of a machine."),
        "vip": ("L'adresse virtuelle qui lui a été donnée, comme `172.16.1.12/24`.", "The virtual IP that the student was given, as `172.16.1.12/24`."),
        "dns": ("Comme dans `defaults`.", "As in `defaults`."), "web": ("Comme dans `defaults`.", "As in `defaults`."),
        "ssh": ("Comme dans `defaults`, clé par clé.", "As in `defaults`, key by key."),
        "network": ("Comme dans `defaults`.", "As in `defaults`."),
        "hooks": ("À la place de tous ceux de `defaults`.", "In the place of all of those of `defaults`."),
        "deadline": ("Son échéance à lui.", "The student's own deadline."),
    }),
    13: (("Une machine (`serv1`, …)", "A machine (`serv1`, …)"), {
        "address": ("Son adresse dans le réseau du TP.", "Its address in the lab's network."),
        "login": ("Où se connecter, `hôte:port`, si c'est ailleurs.", "Where to log in, `host:port`, where that is elsewhere."),
        "ssh": ("Comment s'y connecter, si ce n'est pas comme à l'autre.", "How to log in to this one."),
        "vm": ("Son nom chez l'hyperviseur.", "Its name on the hypervisor."),
    }),
    15: (("`pattern`", "`pattern`"), {
        "n": ("Les numéros : `1..15`, ou une liste. Les autres clés sont celles d'un étudiant.", "The numbers: `1..15`, or a list. The other keys are a student's."),
    }),
}
RUBRIC_PLACES = {
    4: (("En tête", "At its head"), {
        "exercise": ("Le TP.", "The lab sheet."),
        "title": ("Son titre : un texte, ou `{fr: …, en: …}`.", "Its title: a text, or `{fr: …, en: …}`."),
        "total": ("La somme de tous les points.", "The sum of all points."),
        "exam": ("`true` : ce que les étudiants reçoivent pendant un examen ; des parties peuvent manquer.", "`true`: what students get in an exam; parts may be left out."),
        "prerequisites": ("La santé du cluster, `H0` ; le plus que coûte une faute d'avant.", "The cluster's health, `H0`; the most that an earlier fault costs."),
        "questions": ("Les questions, dans l'ordre du sujet.", "The questions, in the order of the sheet."),
    }),
    9: (("Une question", "A question"), {
        "id": ("`Q1`, …", "`Q1`, …"), "title": ("Son titre.", "Its title."),
        "hints": ("Jusqu'où vont les indices : `true`, `false`, `1`, `2`, `3`.", "How far hints go: `true`, `false`, `1`, `2`, `3`."),
        "runs": ("Le verdict qui compte : `last`, ou `best`.", "Which verdict counts: `last`, or `best`."),
        "show": ("Ce que voient les étudiants : `full`, `found`, `missing`, `hidden`.", "What students see: `full`, `found`, `missing`, `hidden`."),
        "until": ("Le dernier jour où `show` cache quelque chose.", "The last day on which `show` hides anything."),
        "parameters": ("Les valeurs acceptées ([barème](rubric.md#paramètres)).", "The values accepted ([rubric](rubric.md#parameters))."),
        "checks": ("Les vérifications et leurs points.", "The checks and their points."),
    }),
    11: (("Une vérification", "A check"), {
        "points": ("Ses points ; 0 : un conseil.", "Its points; 0 makes it advice."),
        "by": ("`teacher` : notée par l'enseignant ; `bascule`.", "`teacher`: marked by the teacher; `bascule`."),
        "title": ("Son titre.", "Its title."),
        "answer": ("Comment comparer la réponse à l'historique : `parts`, `beside`, `certain`.", "How an answer is held against the history: `parts`, `beside`, `certain`."),
        "show": ("Comme pour la question.", "As for the question."), "until": ("Comme pour la question.", "As for the question."),
        "run": ("Une commande, mot par mot.", "A command, word by word."), "shell": ("Une ligne pour `sh -c`.", "A line for `sh -c`."),
        "script": ("Un fichier qui juge lui-même.", "A file that judges by itself."),
        "file": ("Un fichier : `path`, `follow`.", "A file: `path`, `follow`."),
        "service": ("Une unité de systemd.", "A unit of systemd."), "package": ("Un paquet Debian.", "A Debian package."),
        "listen": ("Un port écouté, vu de la machine : `port`, `protocol`.", "A port listened on, seen on the machine: `port`, `protocol`."),
        "port": ("Un port, vu du réseau : `number`, `address`.", "A port, seen from the network: `number`, `address`."),
        "http": ("Une page : `url`, `at`.", "A page: `url`, `at`."),
        "dns": ("Un nom : `name`, `type`, `server`.", "A name: `name`, `type`, `server`."),
        "user": ("Un compte.", "An account."), "mount": ("Un point de montage.", "A mount point."),
        "address": ("Les adresses de la machine.", "The machine's addresses."),
        "become": ("`false` : sans devenir root.", "`false`: without becoming root."),
        "timeLimit": ("La durée au plus ; `10s`.", "The longest it may take; `10s`."),
        "outputLimit": ("La sortie au plus ; `64k`.", "The most it may print; `64k`."),
        "why": ("Pourquoi cela compte.", "Why it matters."), "hint": ("L'indice.", "The hint."),
        "seeYourself": ("La commande qui le montre.", "The command that shows it."),
        "needs": ("Les vérifications à obtenir d'abord.", "The checks to be met first."),
        "on": ("Sur quelles machines : une, plusieurs, `all`, `any`.", "On which machines: one, several, `all`, `any`."),
        "credit": ("`each` : au prorata des machines ; `whole`.", "`each`: the share of the machines that have it; `whole`."),
        "expect": ("Ce qui est juste ([exercices](exercises.md#what-is-right)).", "What is right ([exercises](exercises.md#what-is-right))."),
        "expected": ("Ce qui est juste, en mots.", "What is right, in words."),
    }),
    12: (("`answer`", "`answer`"), {
        "parts": ("Les faits à nommer.", "The facts to be named."),
        "beside": ("Des mots qui ne changent rien.", "Words that change nothing."),
        "certain": ("`false` : toujours à lire.", "`false`: always to be read."),
    }),
}
EXERCISE_PLACES = {
    4: (("En tête", "At its head"), {
        "exercise": ("Son identifiant, celui de son dossier.", "Its id, which is its folder's name."),
        "title": ("Son titre.", "Its title."), "total": ("La somme des points, s'ils sont ici.", "The sum of the points, where they are here."),
        "exam": ("Comme dans un barème.", "As in a rubric."),
        "questions": ("Comme dans un barème.", "As in a rubric."),
        "machines": ("Les machines d'un étudiant, de 1 à 8.", "A student's machines, 1 to 8."),
        "lab": ("Les clés qu'aura la liste de classe.", "The keys that the roster will have."),
    }),
    6: (("Une clé de `lab`", "A key of `lab`"), {
        "kind": ("`text`, `number`, `choice`, `address`, `dns`, `web`.", "`text`, `number`, `choice`, `address`, `dns`, `web`."),
        "is": ("Ce que c'est, en quelques mots.", "What it is, in a few words."),
        "required": ("`true` : chaque étudiant doit l'avoir.", "`true`: every student has to have it."),
        "from": ("D'un nombre, le plus petit.", "Of a number, the smallest."), "to": ("D'un nombre, le plus grand.", "Of a number, the largest."),
        "of": ("D'un choix, les valeurs.", "Of a choice, the values."),
        "at": ("D'un site, la clé de son adresse.", "Of a site, the key of its address."),
        "servers": ("D'un site, les serveurs possibles.", "Of a site, the servers that may be named."),
    }),
    12: (("`listen`", "`listen`"), {"port": ("Le port.", "The port."), "protocol": ("`tcp` ou `udp`.", "`tcp` or `udp`.")}),
    13: (("`file`", "`file`"), {"path": ("Le chemin.", "The path."), "follow": ("`true` : suivre un lien.", "`true`: follow a link.")}),
    14: (("`port`", "`port`"), {"number": ("Le port.", "The port."), "address": ("L'adresse ; celle de la machine.", "The address; the machine's own.")}),
    15: (("`http`", "`http`"), {"url": ("L'adresse de la page.", "The page's URL."), "at": ("Où se connecter.", "Where to connect.")}),
    16: (("`dns`", "`dns`"), {"name": ("Le nom.", "The name."), "type": ("`A`, `AAAA`, `CNAME`, `PTR`, `SOA`, `NS`.", "`A`, `AAAA`, `CNAME`, `PTR`, `SOA`, `NS`."), "server": ("Le serveur de noms.", "The name server.")}),
}
LAB_PLACES = {
    2: (("`lab.yaml`", "`lab.yaml`"), {
        "summary": ("Ce dont les machines sont faites.", "What the machines are made of."),
        "services": ("Les adresses qu'aucune machine n'a pour elle.", "The addresses that no machine has for itself."),
        "packages": ("Les paquets Debian.", "The Debian packages."),
        "folders": ("Des dossiers à créer.", "Folders to be made."), "removed": ("Ce qui est à enlever de l'arbre.", "What is taken out of the tree."),
        "setup": ("Un script de shell, une fois, dans l'arbre neuf.", "A shell script, once, in the new tree."),
        "units": ("Les unités lancées au démarrage.", "The units started at boot."),
        "nameServer": ("Le serveur de noms à côté des machines.", "The name server beside the machines."),
        "files": ("Des fichiers mis sur les machines avant leur démarrage.", "Files put into the machines before they boot."),
        "ready": ("Ce qui dit qu'une machine est prête.", "What says that a machine is ready."),
        "environment": ("Des variables pour les scripts.", "Variables for the scripts."),
        "functions": ("Des fonctions de shell pour les scripts.", "Shell functions for the scripts."),
        "roster": ("Ce que dit la liste de la classe virtuelle.", "What the virtual class's roster says."),
    }),
    3: (("Un fichier de `files`", "A file of `files`"), {
        "path": ("Le chemin.", "The path."), "on": ("Les machines.", "The machines."), "mode": ("Les droits.", "The permissions."), "content": ("Le texte.", "The text."),
    }),
    4: (("`ready`", "`ready`"), {
        "test": ("Une ligne de shell qui réussit alors.", "A line of shell that then succeeds."), "within": ("En combien de temps.", "In what time."),
        "is": ("Ce qui est vrai alors.", "What holds then."), "look": ("Une commande à regarder sinon.", "A command to look at otherwise."),
    }),
}
