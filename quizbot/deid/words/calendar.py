"""Words of the calendar, in the languages that case texts and reports are written in."""

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
SURE_MONTHS = "january|february|april|june|july|september|october|november|december"  # words for nothing else
FOREIGN_MONTHS = (
    "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
    "|januar|j[äa]nner|februar|m[äa]rz|maerz|juni|juli|oktober|dezember"
    "|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    "|janeiro|fevereiro|mar[çc]o|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|januari|februari|maart|mei|augustus|augusti|maj|marts|desember"
    "|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrze[śs]nia|pa[źz]dziernika|listopada|grudnia"
    "|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|ocak|[şs]ubat|mart|nisan|may[ıi]s|haziran|temmuz|a[ğg]ustos|eyl[üu]l|ekim|kas[ıi]m|aral[ıi]k"
)
DAYS = "mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?"
SHORT_DAYS = "mon|tues?|weds?|thurs?|thu|fri|sat|sun"
FOREIGN_DAYS = (
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    "|dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|luned[iì]|marted[iì]|mercoled[iì]"
    "|gioved[iì]|venerd[iì]|segunda-feira|ter[çc]a-feira|quarta-feira|quinta-feira|sexta-feira|maandag|dinsdag"
    "|woensdag|donderdag|vrijdag|zaterdag|zondag|poniedzia[łl]ek|wtorek|czwartek|pi[ąa]tek|niedziela"
    "|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье"
)
HOLIDAYS = (
    r"christmas(?:[ ](?:eve|day|morning|dinner|lunch|party))?|xmas|boxing[ ]day|new[ ]year(?:'?s)?(?:[ ](?:eve|day))?"
    r"|easter(?:[ ](?:sunday|monday|weekend))?|good[ ]friday|palm[ ]sunday|ash[ ]wednesday|thanksgiving|halloween"
    r"|valentine'?s?(?:[ ]day)?|(?:st\.?|saint)[ ](?:patrick|george|andrew|david)'?s?[ ]day|independence[ ]day"
    r"|(?:fourth|4th)[ ]of[ ]july|(?:memorial|labou?r|veterans'?|columbus|canada|australia|anzac|bastille|mother'?s"
    r"|father'?s|martin[ ]luther[ ]king|mlk|presidents'?|republic|remembrance|victoria|may|women'?s)[ ]day"
    r"|bank[ ]holiday|bonfire[ ]night|guy[ ]fawkes|diwali|deepavali|holi|eid(?:[ -](?:al|ul)[ -]\w+)?|ramadan"
    r"|han+uk+ah|chanukah|passover|yom[ ]kippur|rosh[ ]hashanah?|purim|sukkot|chinese[ ]new[ ]year"
    r"|lunar[ ]new[ ]year|mardi[ ]gras|carnival|cinco[ ]de[ ]mayo|oktoberfest|super[ ]bowl|black[ ]friday"
    r"|juneteenth|songkran|nowruz|midsummer|pentecost|whitsun|kwanzaa|hogmanay|silvester|weihnachten|no[eë]l"
    r"|navidad|natale|ostern|p[âa]ques|durga[ ]puja|navratri|onam|pongal|vesak|thaipusam|vaisakhi"
)
SEASONS = "spring|summer|autumn|fall|winter"
ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth"
    "|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first"
)
