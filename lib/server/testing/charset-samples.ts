import 'server-only'

/** A text as it stands in a file, with the charset it is written in. */
export interface CharsetSample {
  charset: string
  text: string
  /** Whether it was looked at when the probabilities were chosen: such a sample proves nothing. */
  chosenBy?: true
}

const chosen = (charset: string, text: string): CharsetSample => ({ charset, text, chosenBy: true })
const blind = (charset: string, text: string): CharsetSample => ({ charset, text })

/** Written for the tests; those chosen by come first. */
export const CHARSET_SAMPLES: readonly CharsetSample[] = [
  chosen('windows-1252', 'id;Straße;Ort\n1;Königsallee 4;Düsseldorf\n2;Bärenstraße 17;München\n'),
  chosen(
    'windows-1252',
    'Le café est fermé jusqu’à lundi; prière de réserver une table à l’étage. Prix : 12 €\n',
  ),
  chosen('windows-1252', '2026-11-22 10:00:00 INFO Sesión iniciada por José Muñoz desde España\n'),
  chosen('iso-8859-15', 'produit;prix\nœuf de ferme;0,45 €\ncœur de bœuf;3,20 €\n'),
  chosen('windows-1250', 'Zażółć gęślą jaźń. Proszę wybrać następną stronę, żeby zakończyć rejestrację.\n'),
  chosen('windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy. Účet byl úspěšně založen.\n'),
  chosen('iso-8859-2', 'Zamówienie zostało wysłane na wskazany adres; śledź przesyłkę w serwisie.\n'),
  chosen('windows-1251', 'Пользователь вошёл в систему. Ошибка: файл не найден, повторите попытку позже.\n'),
  chosen('koi8-r', 'Привет, мир! Сегодня в городе дождь, завтра обещают солнце и тёплый ветер.\n'),
  chosen('ibm866', 'Отчёт сформирован. Количество строк: 120. Время работы: 3 минуты.\n'),
  chosen('windows-1253', 'Η παραγγελία σας ολοκληρώθηκε με επιτυχία. Σας ευχαριστούμε πολύ.\n'),
  chosen(
    'windows-1254',
    'Kullanıcı girişi başarılı. İstanbul şubesi bugün açık değil, lütfen yarın geliniz.\n',
  ),
  chosen('shift_jis', '2026/11/22,エラー,接続に失敗しました。しばらくしてからもう一度お試しください。\n'),
  chosen('euc-jp', 'お知らせ：本日のメンテナンスは終了しました。ご協力ありがとうございました。\n'),
  chosen('gb18030', '用户登录失败，密码错误。请稍后再试，或者联系管理员。\n'),
  chosen('big5', '使用者登入失敗，請檢查您的密碼後再試一次。謝謝您的合作。\n'),
  chosen('euc-kr', '사용자가 로그인했습니다. 파일을 찾을 수 없습니다. 다시 시도해 주세요.\n'),
  chosen(
    'windows-1257',
    'Vartotojas sėkmingai prisijungė. Ačiū, kad naudojatės mūsų paslaugomis šią žiemą.\n',
  ),
  chosen('utf8', 'Größe;Preis\n42;3,50 €\n'),
  chosen('utf-16le', 'name\tcity\r\nJosé\tMálaga\r\n'),

  blind('utf8', 'ts=2026-11-22T08:15:00Z level=info msg="user signed in" user=anna\n'),
  blind('utf8', '{"name":"Σωκράτης","stadt":"Αθήνα"}\n{"name":"Жанна","stadt":"Москва"}\n'),
  blind('utf8', '注文が完了しました。発送までしばらくお待ちください。\n'),
  blind('utf8', 'Ein einziges ö reicht.\n'),
  blind('utf8', 'Smile 🙂 and wave 👋\n'),
  blind('utf-16le', '你好，世界。\n今天的天气很好，我们去公园吧。\n第二行在这里。\n'),
  blind('utf-16be', 'Invoice;Amount\n2026-001;120,00 €\n2026-002;99,90 €\n'),
  blind('utf-16be', 'Дата\tСумма\n22.11.2026\t1200\n23.11.2026\t80\n'),
  blind('iso-2022-jp', '件名: 会議の資料をお送りします。よろしくお願いします。\n'),
  blind('windows-1252', 'Der Fährmann läuft über die Brücke und grüßt die Mädchen am Ufer.\n'),
  blind(
    'windows-1252',
    'Não foi possível concluir a operação. A ligação à base de dados está indisponível.\n',
  ),
  blind('windows-1252', 'La città è più bella di notte, perché così si vedono le luci dal caffè.\n'),
  blind(
    'windows-1252',
    'Användaren kunde inte läggas till. Försök igen om några ögonblick på sidan för inställningar.\n',
  ),
  blind(
    'windows-1252',
    'Brugeren blev ikke fundet. Prøv igen på søndag, når løbet er gået i gang på Færøerne.\n',
  ),
  blind('windows-1252', 'Käyttäjä lisättiin järjestelmään. Hyvää päivää, tämä on ensimmäinen viesti.\n'),
  blind('windows-1252', 'Það er kalt í dag og snjór á götunum. Börnin fóru út að leika sér í fríinu.\n'),
  chosen('windows-1252', '“Smart quotes” — and a dash… cost £5 or 6 €\n'),
  blind('windows-1252', '127.0.0.1 - andré [22/Nov/2026:10:00:00 +0100] "GET /caf HTTP/1.1" 200 512\n'),
  blind('windows-1252', 'El niño comió una piña. ¿Cuántos años tiene? ¡Qué día más largo!\n'),
  blind('windows-1252', 'De coëfficiënt is geïnstalleerd; één patiënt heeft zich afgemeld voor de reünie.\n'),
  blind('windows-1252', 'Temperatur 21 °C, Luftfeuchte 40 %, § 5 Abs. 2\n'),
  chosen('iso-8859-15', 'Montant total : 1 250 € TTC; réglé le 3 août par chèque à Orléans\n'),
  blind('macintosh', 'Les élèves préfèrent étudier à la bibliothèque plutôt qu’à la maison, même l’été.\n'),
  blind(
    'macintosh',
    'Die Größe der Fläche wird in Quadratmetern angegeben; natürlich ohne Gewähr für Übertragungsfehler.\n',
  ),
  blind(
    'windows-1250',
    'A felhasználó nem található. Kérjük, ellenőrizze a megadott e-mail címet és próbálja újra később.\n',
  ),
  blind(
    'windows-1250',
    'Używanie tej usługi oznacza zgodę na politykę prywatności. Więcej informacji znajdziesz niżej.\n',
  ),
  blind(
    'windows-1250',
    'Korisnik nije pronađen. Molimo pokušajte ponovno kasnije ili nazovite službu za korisnike. Čestitamo, još ćemo se čuti!\n',
  ),
  blind(
    'windows-1250',
    'Používateľ sa neprihlásil. Skúste to ešte raz neskôr, ďakujeme za trpezlivosť a prajeme pekný deň.\n',
  ),
  blind(
    'windows-1250',
    'Utilizatorul nu a fost găsit. Vă rugăm să încercaţi din nou mâine dimineaţă şi să verificaţi parola.\n',
  ),
  blind(
    'iso-8859-2',
    'Uživatel nebyl nalezen, zkuste to prosím znovu. Děkujeme za vaši trpělivost, tým podpory ze Žižkova.\n',
  ),
  blind(
    'iso-8859-2',
    'Az új előfizetés sikeresen létrejött, köszönjük, hogy minket választott. Őszi árvíztűrő tükörfúrógép.\n',
  ),
  blind('windows-1251', '№;Фамилия;Город\n1;Иванова;Санкт-Петербург\n2;Сидоров;Екатеринбург\n'),
  blind(
    'windows-1251',
    'Користувач увійшов до системи. Її повідомлення не надіслано, спробуйте ще раз пізніше.\n',
  ),
  blind(
    'windows-1251',
    'Потребителят не беше намерен. Моля, опитайте отново по-късно или се свържете с поддръжката.\n',
  ),
  blind('windows-1251', '2026-11-22 10:00 ERROR сервер недоступен, host=db1, повтор через 5 сек\n'),
  blind('koi8-r', 'ДАТА;ТОВАР;ЦЕНА\n22.11;Хлеб ржаной;45\n22.11;Молоко;80\n23.11;Сыр;320\n'),
  blind('koi8-r', 'Письмо было доставлено адресату вчера вечером, ответа пока нет.\n'),
  blind('koi8-u', 'Київ є столицею України. Ґанок їхнього будинку виходить на вулицю, що веде до річки.\n'),
  blind(
    'ibm866',
    'Накладная N 45 от 22 ноября. Грузополучатель: завод имени Кирова, склад готовой продукции.\n',
  ),
  blind('iso-8859-5', 'Все пользователи получили уведомление о плановых работах на сервере в эту субботу.\n'),
  blind('iso-8859-7', 'Ο χρήστης δεν βρέθηκε στο σύστημα. Παρακαλώ δοκιμάστε ξανά αργότερα.\n'),
  chosen('windows-1253', 'Ημερομηνία;Πόλη;Ποσό\n22/11/2026;Θεσσαλονίκη;120\n23/11/2026;Άγιος Νικόλαος;80\n'),
  blind('windows-1254', 'Müşteri;Şehir\nAyşe Yılmaz;Eskişehir\nÇağrı Öztürk;Muğla\n'),
  blind('windows-1255', 'המשתמש לא נמצא במערכת. נא לנסות שוב מאוחר יותר או לפנות לתמיכה.\n'),
  blind('windows-1256', 'لم يتم العثور على المستخدم في النظام. يرجى المحاولة مرة أخرى في وقت لاحق.\n'),
  blind('windows-874', 'ไม่พบผู้ใช้ในระบบ กรุณาลองใหม่อีกครั้งในภายหลัง ขอบคุณที่ใช้บริการ\n'),
  blind(
    'windows-1257',
    'Lietotājs nav atrasts. Lūdzu, mēģiniet vēlreiz vēlāk vai sazinieties ar klientu apkalpošanas daļu Rīgā.\n',
  ),
  chosen(
    'shift_jis',
    '商品コード,商品名,価格\n1001,りんごジュース,180\n1002,ﾁｮｺﾚｰﾄ,250\n1003,お茶（緑茶）,120\n',
  ),
  blind('shift_jis', '東京都の天気は晴れのち曇り、最高気温は十八度の予想です。\n'),
  blind(
    'euc-jp',
    '東京駅から新幹線に乗って、京都まで約二時間十五分かかります。窓の外に富士山が見えました。\n',
  ),
  blind('gb18030', '订单号,客户,金额\n1001,张伟,350\n1002,王芳,128\n1003,李娜,99\n'),
  blind('gb18030', '北京今天多云转晴，最高气温十五度，明天有小雨，出门请带雨伞。\n'),
  blind('big5', '訂單編號,客戶,金額\n1001,陳小明,350\n1002,林美玲,128\n'),
  blind('big5', '台北今天天氣晴朗，最高溫度二十八度，明天可能會下雨，出門記得帶傘。\n'),
  blind('euc-kr', '주문번호,고객명,금액\n1001,김민수,35000\n1002,이영희,12800\n'),
  blind('euc-kr', '오늘 서울의 날씨는 맑고 낮 최고 기온은 십팔도로 예상됩니다. 내일은 비가 오겠습니다.\n'),

  blind('windows-1252', 'article;libelle;prix\n12;Crème brûlée;4,50\n13;Pâté de campagne;6,00\n14;Noël;£3\n'),
  blind('windows-1252', 'user=jürgen action=login result=ok\nuser=rené action=logout result=ok\n'),
  blind(
    'windows-1253',
    'Αθήνα, 22 Νοεμβρίου 2026. Η υπηρεσία είναι προσωρινά μη διαθέσιμη λόγω εργασιών συντήρησης.\n',
  ),
  chosen('shift_jis', '氏名,ﾌﾘｶﾞﾅ,住所\n山田太郎,ﾔﾏﾀﾞﾀﾛｳ,大阪市北区\n佐藤花子,ｻﾄｳﾊﾅｺ,名古屋市\n'),
  chosen(
    'iso-8859-15',
    'Der Preis beträgt 15 € zuzüglich Versand; Zahlung binnen 14 Tagen auf das übliche Konto.\n',
  ),
  blind(
    'windows-1251',
    'Корисник није пронађен. Покушајте поново касније или се јавите служби за подршку љубазно.\n',
  ),
  blind(
    'windows-1258',
    'Ngươ\u0300i du\u0300ng không tô\u0300n ta\u0323i. Vui lo\u0300ng thư\u0309 la\u0323i sau it\u0301 phut\u0301.\n',
  ),
  blind('euc-kr', '날짜,상품,수량\n2026-11-22,커피,3\n2026-11-23,녹차 세트,1\n'),

  blind('iso-8859-15', 'Total pedido: 45 € (IVA incluído); envío gratis a Málaga y Cádiz desde 30 €\n'),
  blind('shift_jis', 'ｶﾌﾞｼｷｶﾞｲｼｬ ﾃｽﾄ,0312345678,受付済\nﾕｳｹﾞﾝｶﾞｲｼｬ ｻﾝﾌﾟﾙ,0398765432,処理中\n'),
  blind('windows-1256', 'رقم الطلب;العميل;المبلغ\n1001;محمد علي;350\n1002;فاطمة حسن;128\n'),
  blind('windows-1250', 'Zákazník;Město;Částka\nJan Novák;Plzeň;1200\nEva Dvořáková;Hradec Králové;850\n'),
  blind('koi8-r', 'ошибка соединения с базой данных, host=db1 port=5432, попытка 3 из 5\n'),
]
