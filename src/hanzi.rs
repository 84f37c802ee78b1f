//! Hanzi that are coded as something else: radicals of the Kangxi dictionary (康熙部首), radicals of the supplement and
//! compatibility ideographs, as text from PDF files has them. They look like the hanzi that everybody types, and no
//! search finds them.

use std::ops::RangeInclusive;

/// A block of such characters, and the hanzi that stand for them, in the same order; one that stands for itself is none.
type Block = (RangeInclusive<char>, &'static str);

/// The blocks of the Unicode Standard.
const BLOCKS: [Block; 4] = [
    ('\u{2e80}'..='\u{2ef3}', SUPPLEMENT),
    ('\u{2f00}'..='\u{2fd5}', KANGXI),
    ('\u{f900}'..='\u{fad9}', COMPATIBILITY),
    ('\u{2f800}'..='\u{2fa1d}', COMPATIBILITY_SUPPLEMENT),
];

/// The hanzi that `c` looks like and is not: 工 (U+5DE5) for ⼯ (U+2F2F). None for a character that is what it looks like.
pub fn meant(c: char) -> Option<char> {
    // Nearly all of a text is below the blocks or between them.
    if !matches!(c, '\u{2e80}'..='\u{2fd5}' | '\u{f900}'..='\u{fad9}' | '\u{2f800}'..='\u{2fa1d}') {
        return None;
    }
    let (block, hanzi) = BLOCKS.iter().find(|(block, _)| block.contains(&c))?;
    let index = u32::from(c) - u32::from(*block.start());
    hanzi.chars().nth(index as usize).filter(|hanzi| *hanzi != c)
}

/// U+2E80 to U+2EF3, by EquivalentUnifiedIdeograph.txt of the Unicode Character Database; those without a hanzi of
/// their own stand for themselves.
const SUPPLEMENT: &str = "\
    ⺀厂乛⺃乙亻冂⺇刀刂卜㔾小小兀尣尢⺑巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒⺳⺴⺵羊羊羋耂肀聿\
    肉臼艹艹艹虎衤覀西见角⻇讠贝⻊车辶辶辶阝钅長镸长门⻕阝雨青韦页风飞食⻞飠饣⻡马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟\
    ";

/// U+2F00 to U+2FD5, by their compatibility mappings in UnicodeData.txt, but for ⼾: PDF files of the mainland have it
/// where 户 was set (用户), and hardly ever for 戶.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳\
    心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音\
    頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠\
    ";

/// U+F900 to U+FAD9, by their canonical mappings. Twelve of them (﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩) are hanzi in their own right.
const COMPATIBILITY: &str = "\
    豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌\
    祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮\
    兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈\
    領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘\
    藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀﨎﨏塚﨑晴﨓﨔凞猪益礼神祥福靖精羽﨟蘒﨡諸﨣﨤逸都﨧﨨﨩飯飼\
    館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸\
    難響頻恵𤋮舘﩮﩯並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画\
    瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎\
    ";

/// U+2F800 to U+2FA1D, by their canonical mappings.
const COMPATIBILITY_SUPPLEMENT: &str = "\
    丽丸乁𠄢你侮侻倂偺備僧像㒞𠘺免兔兤具𠔜㒹內再𠕋冗冤仌冬况𩇟凵刃㓟刻剆割剷㔕勇勉勤勺包匆北卉卑博即卽卿卿卿𠨬灰及叟𠭣叫叱吆\
    咞吸呈周咢哶唐啓啣善善喙喫喳嗂圖嘆圗噑噴切壮城埴堍型堲報墬𡓤売壷夆多夢奢𡚨𡛪姬娛娧姘婦㛮㛼嬈嬾嬾𡧈寃寘寧寳𡬘寿将当尢㞁屠\
    屮峀岍𡷤嵃𡷦嵮嵫嵼巡巢㠯巽帨帽幩㡢𢆃㡼庰庳庶廊𪎒廾𢌱𢌱舁弢弢㣇𣊸𦇚形彫㣣徚忍志忹悁㤺㤜悔𢛔惇慈慌慎慌慺憎憲憤憯懞懲懶成戛\
    扝抱拔捐𢬌挽拼捨掃揤𢯱搢揅掩㨮摩摾撝摷㩬敏敬𣀊旣書晉㬙暑㬈㫤冒冕最暜肭䏙朗望朡杞杓𣏃㭉柺枅桒梅𣑭梎栟椔㮝楂榣槪檨𣚣櫛㰘次\
    𣢧歔㱎歲殟殺殻𣪍𡴋𣫺汎𣲼沿泍汧洖派海流浩浸涅𣴞洴港湮㴳滋滇𣻑淹潮𣽞𣾎濆瀹瀞瀛㶖灊災灷炭𠔥煅𤉣熜𤎫爨爵牐𤘈犀犕𤜵𤠔獺王㺬玥\
    㺸㺸瑇瑜瑱璅瓊㼛甤𤰶甾𤲒異𢆟瘐𤾡𤾸𥁄㿼䀈直𥃳𥃲𥄙𥄳眞真真睊䀹瞋䁆䂖𥐝硎碌磌䃣𥘦祖𥚚𥛅福秫䄯穀穊穏𥥼𥪧𥪧竮䈂𥮫篆築䈧𥲀糒䊠\
    糨糣紀𥾆絣䌁緇縂繅䌴𦈨𦉇䍙𦋙罺𦌾羕翺者𦓚𦔣聠𦖨聰𣍟䏕育脃䐋脾媵𦞧𦞵𣎓𣎜舁舄辞䑫芑芋芝劳花芳芽苦𦬼若茝荣莭茣莽菧著荓菊菌菜\
    𦰶𦵫𦳕䔫蓱蓳蔖𧏊蕤𦼬䕝䕡𦾱𧃒䕫虐虜虧虩蚩蚈蜎蛢蝹蜨蝫螆䗗蟡蠁䗹衠衣𧙧裗裞䘵裺㒻𧢮𧥦䚾䛇誠諭變豕𧲨貫賁贛起𧼯𠠄跋趼跰𠣞軔輸\
    𨗒𨗭邔郱鄑𨜮鄛鈸鋗鋘鉼鏹鐕𨯺開䦕閷𨵷䧦雃嶲霣𩅅𩈚䩮䩶韠𩐊䪲𩒖頋頋頩𩖶飢䬳餩馧駂駾䯎𩬰鬒鱀鳽䳎䳭鵧𪃎䳸𪄅𪈎𪊑麻䵖黹黾鼅鼏鼖\
    鼻𪘀\
    ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_whole() {
        for (block, hanzi) in BLOCKS {
            assert_eq!(hanzi.chars().count(), block.clone().count(), "{block:?}");
            // What takes the place of one is no such character itself.
            for c in block {
                assert!(meant(c).is_none_or(|hanzi| meant(hanzi).is_none()), "U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn radicals_and_compatibility_ideographs_are_hanzi() {
        for (c, hanzi) in [
            ('\u{2f00}', '一'),
            ('\u{2f2f}', '工'),
            ('\u{2f3e}', '户'),
            ('\u{2f8f}', '行'),
            ('\u{2fd5}', '龠'),
            ('\u{2ed4}', '门'),
            ('\u{2ee2}', '马'),
            ('\u{f9e9}', '里'),
            ('\u{f967}', '不'),
            ('\u{2f800}', '丽'),
            ('\u{2fa1d}', '𪘀'),
        ] {
            assert_eq!(meant(c), Some(hanzi), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn the_twelve_unified_ones_and_all_others_are_what_they_are() {
        for c in "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩工门〇　，X".chars() {
            assert_eq!(meant(c), None, "U+{:04X}", u32::from(c));
        }
    }
}
