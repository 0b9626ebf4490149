// Words the name rules go by, English and German: data, one list per line of reasoning.

/** German first names the library does not know, and such as are frequent. Lower case. */
export const germanFirstNames: ReadonlySet<string> = words(
  'achim adelheid albrecht alina alma almut andreas angelika anja anke anneliese annegret annette annika antje arne armin ' +
    'astrid axel babette barbara bärbel beate ben benedikt berit bernd bernhard berthold bettina birgit birte björn brigitte ' +
    'britta bruno burkhard carsten cem christa christel christiane christoph claus corinna cornelia dagmar daniela detlef ' +
    'dieter dietmar dietrich dirk dörte doris dorothea eberhard eckhard edeltraud egon ekkehard elfriede elisabeth elke ' +
    'ellen emre erich erika erwin eva fabian fatma felix ferdinand finn florian frauke friederike friedhelm friedrich fritz ' +
    'gabi gabriele georg gerd gerda gerhard gerlinde gernot gertrud gisela gottfried gudrun günter günther hannelore hannes ' +
    'hanna hannah hans harald hartmut hatice hedwig heidemarie heidi heike heiko heiner heinrich heinz helga helge helmut ' +
    'henning henrik herbert hermann hilde hildegard hinrich holger horst hubert ilona ilse ina ines inga inge ingeborg ingo ' +
    'ingrid irene iris irmgard isolde jan jana janina jannik jasmin jens joachim jochen johann johanna johannes jonas jörg ' +
    'josef judith julia juliane jürgen jutta kai karin karl karla karsten katharina kathrin katja katrin kerstin kilian ' +
    'kirsten klara klaus konrad konstantin korbinian kristin kurt lars laura lea lena lennart leon leonie lieselotte lina ' +
    'linus lisa lorenz lothar ludger ludwig luis luisa lukas lutz magdalena maik manfred manuela marc marcel marco mareike ' +
    'margarete margit margot margrit maria marianne marie marina mario marion markus marlene marlies marta martha martin ' +
    'martina mathias mathilde matthias maximilian mehmet meike melanie mia michael michaela mirja mona monika moritz mustafa ' +
    'nadine nadja natalie nele nicole niklas nils nina nora norbert olaf oliver ortrud oskar ottmar otto patricia patrick ' +
    'paula pauline peter petra philipp pia rainer ralf ralph regina regine reiner reinhard reinhold renate rené richard rita ' +
    'robert roland rolf roman ronny rosemarie rosemarie roswitha rudi rudolf ruth rüdiger sabine sabrina sandra sarah saskia ' +
    'sebastian sibylle siegfried sieglinde siegmund sigrid silke silvia simon simone sina sonja sophia sophie stefan stefanie ' +
    'steffen steffi stephan susanne sven svenja swantje sybille sylvia tanja tatjana thea theodor theresa thilo thomas thorben ' +
    'thorsten tilman till tim timo tina tobias tom torben torsten traute udo ulf uli ulrich ulrike ursula uschi ute uwe vanessa ' +
    'vera verena veronika viktor viktoria volker volkmar waldemar walter waltraud walther werner wiebke wilfried wilhelm ' +
    'winfried wolfgang wolfram xaver yannick yasemin yvonne zeynep ayşe ahmet murat ',
)

/** First names that are everyday words too: only with a surname, or with a title or greeting before them. */
export const ambiguousFirstNames: ReadonlySet<string> = words(
  'will may mark rose grace hope bill faith joy art frank grant summer april june august dean chase miles penny ruby drew ' +
    'paris georgia virginia chad jordan israel christian rich sue pat rob don jack lane rusty sandy robin iris daisy lily ' +
    'violet ivy amber crystal dawn eve holly heather ginger carol gene guy hunter mason parker porter carter cooper taylor ' +
    'tyler walker page paige pierce reed reid skip sky star sterling stone victor ward wade wolf young major duke earl king ' +
    'prince noble destiny charity chance cash angel precious genesis trinity harmony melody serenity liberty brook brooke ' +
    'cliff dale ford glen heath lance nick ray roman ross rowan sage scout trace van max lee kim kit bee bo ace ad al cal ' +
    'ernst rosa mai juni juli till falk kai uli horst jan ben pia mona sina ina lea mia nele christa alma star engel ' +
    'lotte karl linus oskar else elle alle ida ada kleine rat tom stern sommer winter sky macy london sydney brooklyn dallas ' +
    'austin houston madison phoenix savannah florence asia india china kenya carolina dakota montana cheyenne lincoln jackson ' +
    'washington berlin chelsea lourdes milan roma vienna santa hamburg mercedes porsche lexus java ruby perl scala julia ' +
    'alexa siri cortana claude gemini apollo atlas jasmine basil olive clementine cherry coral pearl gale storm rain misty ' +
    'bland mandate rocky chip buck buddy sonny junior bishop deacon abbot baron marshall sheriff judge justice law ' +
    'lex max min so do be in an am la le da al sun wei min yang dong long',
)

/** Words with a capital that are no part of a name, as titles of people, institutions, days, months, and sentence openers. */
export const notNames: ReadonlySet<string> = words(
  'the this that these those a an and or but if when while where who what which why how we you he she it they i my our your ' +
    'his her their its in on at by for from with to of as is are was were be been not no yes please thanks thank also however ' +
    'dear hi hello hey best kind regards sincerely cheers yours re fwd subject date page part chapter section table figure ' +
    'team all everyone everybody sir madam customer customers service support department office sales human resources ' +
    'marketing finance legal accounting management board committee council general public managing executive director ' +
    'manager president chairman secretary minister doctor nurse officer head chief lead senior junior engineer assistant ' +
    'company corporation group bank university school college hospital institute foundation museum library church city county ' +
    'state street road avenue lane square park house hall tower bridge river lake mountain airport station north south east ' +
    'west new old big day week month year today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday ' +
    'january february march april june july august september october november december christmas easter english german french ' +
    'american british european internet email phone fax mobile website report invoice contract order project product version ' +
    'friend friends colleague colleagues member members parents hiring ladies gentlemen neighbour neighbours applicant ' +
    'unknown none not n/a various anonymous see below above world ' +
    'der die das dem den des ein eine einer eines einem einen und oder aber wenn weil dass ob wer was wie wo wann warum ich du ' +
    'er sie es wir ihr mein dein sein unser euer im am um bei mit nach von vom zu zum zur aus auf für über unter vor seit gegen ' +
    'ohne durch bis als auch noch nur schon sehr nicht kein keine ja nein bitte danke hallo liebe lieber sehr geehrte geehrter ' +
    'damen herren herr herrn frau fräulein kollege kollegin kollegen kolleginnen kunde kundin kunden kundinnen mitarbeiter ' +
    'mitarbeiterin mitarbeiterinnen mitglied mitglieder eltern freunde freund freundin nachbarn gäste leser leserinnen ' +
    'präsident präsidentin minister ministerin bundeskanzler bundeskanzlerin kanzler kanzlerin bürgermeister ' +
    'bürgermeisterin direktor direktorin professor professorin doktor vorsitzender vorsitzende vorsitzenden geschäftsführer ' +
    'geschäftsführerin abteilung abteilungsleiter büro vertrieb einkauf personal verwaltung vorstand aufsichtsrat betriebsrat ' +
    'firma gesellschaft unternehmen gruppe verein amt stadt land bund universität schule hochschule klinik krankenhaus ' +
    'institut stiftung museum kirche straße strasse platz weg allee gasse ring haus hof brücke turm park bahnhof flughafen ' +
    'montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember ' +
    'weihnachten ostern heute morgen gestern woche monat jahr deutsch englisch bericht rechnung vertrag auftrag projekt ' +
    'produkt anlage seite kapitel abschnitt tabelle abbildung zusammen welt grüße gruß alle allerseits unbekannt siehe ' +
    'nummer name vorname nachname adresse anschrift telefon tel mobil betreff datum ort kategorie titel status typ',
)

/** A name that ends in one of these is a street, a place or an institution. */
export const placeEndings: ReadonlySet<string> = words(
  'street st road rd avenue ave lane square drive boulevard way court place park school college university hospital institute ' +
    'foundation award prize museum library hall bridge airport station stadium theatre theater center centre church cathedral ' +
    'island islands bay county city river lake mountain building tower house syndrome disease method theorem principle law ' +
    'straße strasse str platz weg allee gasse ring ufer damm schule gymnasium universität institut stiftung preis museum ' +
    'halle brücke flughafen bahnhof stadion theater zentrum kirche dom haus klinik krankenhaus krankheit verfahren gesetz prinzip ' +
    'version edition release conference cup day days ratio curve chart diagram index test scale',
)

/** Legal forms of companies and associations, without their dots, lower case. */
export const legalForms: ReadonlySet<string> = words(
  'gmbh ggmbh mbh ag kg kgaa ohg ug se ev eg gbr partg partgmbb ltd limited inc incorporated llc llp lp plc corp corporation ' +
    'sa spa srl sarl sas bv nv oy ab asa aps pty gesmbh vvag eurl sàrl',
)

/** Words an institution's name begins or ends with. */
export const institutionWords: ReadonlySet<string> = words(
  'university college hospital bank group holdings holding foundation institute partners associates consulting solutions ' +
    'industries logistics pharmaceuticals insurance trust council society clinic airlines motors brothers ' +
    'universität hochschule klinikum klinik stiftung sparkasse volksbank stadtwerke versicherung versicherungen verlag ' +
    'werke krankenkasse gymnasium amtsgericht landgericht finanzamt landratsamt',
)

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' ').filter((word) => word !== ''))
}
