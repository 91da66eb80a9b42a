/*
 * The SQL that Rivulet reads: so far scalar expressions, types and column lists. Statements will be added here.
 * Keywords have no case; words that are not reserved may also be names.
 */
grammar RivuletSql;

options { caseInsensitive = true; }

@parser::members {
    private static final java.util.Set<String> UNITS = java.util.Set.of(
            "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes",
            "second", "seconds", "millisecond", "milliseconds", "microsecond", "microseconds");

    /** Whether the next word is a unit of time; another word behind an interval's text is an alias. */
    private boolean atUnit() {
        return UNITS.contains(_input.LT(1).getText().toLowerCase(java.util.Locale.ROOT));
    }
}

// ---- entry points

selectItems : selectItem (COMMA selectItem)* EOF ;
singleExpression : expression EOF ;
singleType : dataType EOF ;
singleSchema : columnDefinition (COMMA columnDefinition)* EOF ;

// ---- columns of a SELECT

selectItem
    : STAR                                                  # allColumns
    | expression (AS? alias=identifier)?                    # namedExpression
    ;

// ---- expressions, weakest binding first

expression
    : (NOT | BANG) expression                               # logicalNot
    | left=expression AND right=expression                  # logicalAnd
    | left=expression OR right=expression                   # logicalOr
    | predicate                                             # plainPredicate
    ;

predicate
    : value                                                                         # plainValue
    | left=predicate operator=(EQ | EQEQ | NEQ | LT | LTE | GT | GTE | NSEQ) right=value # comparison
    | predicate IS NOT? NULL                                                        # isNull
    | predicate IS NOT? truth=(TRUE | FALSE | UNKNOWN)                              # isTruth
    | left=predicate IS NOT? DISTINCT FROM right=value                              # isDistinct
    | predicate NOT? BETWEEN low=value AND high=value                               # between
    | predicate NOT? IN LPAREN expression (COMMA expression)* RPAREN                # inList
    | predicate NOT? operator=(LIKE | ILIKE) quantifier=(ANY | SOME | ALL)
      LPAREN expression (COMMA expression)* RPAREN                                  # likeMany
    | predicate NOT? operator=(LIKE | ILIKE) pattern=value (ESCAPE escape=value)?   # like
    | predicate NOT? RLIKE pattern=value                                            # rlike
    ;

value
    : primary                                               # plainPrimary
    | operator=(MINUS | PLUS | TILDE) value                 # signed
    | left=value operator=(STAR | SLASH | PERCENT | DIV) right=value # product
    | left=value operator=(PLUS | MINUS | CONCAT) right=value # sum
    | left=value shift right=value                          # shifted
    | left=value operator=AMPERSAND right=value             # bits
    | left=value operator=HAT right=value                   # bits
    | left=value operator=PIPE right=value                  # bits
    ;

// no tokens of their own: ARRAY<ARRAY<INT>> ends in two of them
shift : LT LT | GT GT | GT GT GT ;

primary
    : literal                                               # constant
    | CASE operand=expression? whenClause+ (ELSE otherwise=expression)? END # caseWhen
    | name=(CAST | TRY_CAST) LPAREN expression AS dataType RPAREN # cast
    | primary COLONCOLON dataType                           # castOperator
    | primary DOT identifier                                # fieldAccess
    | identifier LPAREN side=(BOTH | LEADING | TRAILING) characters=expression? FROM text=expression RPAREN # trimSide
    | identifier LPAREN text=expression PLACING replacement=expression
      FROM from=expression (FOR length=expression)? RPAREN  # overlay
    | identifier LPAREN first=expression FROM second=expression (FOR third=expression)? RPAREN # fromCall
    | functionName LPAREN ((DISTINCT | ALL)? (STAR | argument (COMMA argument)*) nullTreatment?)? RPAREN
      (FILTER LPAREN WHERE expression RPAREN)? nullTreatment? # functionCall
    | identifier LPAREN part=value IN text=value RPAREN     # position
    | identifier                                            # column
    | LPAREN expression RPAREN                              # parenthesis
    ;

argument : expression (AS identifier)? ;

nullTreatment : (IGNORE | RESPECT) NULLS ;

whenClause : WHEN condition=expression THEN result=expression ;

literal
    : NULL                                                  # nullLiteral
    | truth=(TRUE | FALSE)                                  # booleanLiteral
    | INTEGER                                               # integerLiteral
    | (DECIMAL_NUMBER | BIG_DECIMAL)                        # decimalLiteral
    | DOUBLE_NUMBER                                         # doubleLiteral
    | (STRING | RAW_TEXT)+                                  # stringLiteral
    | type=(DATE | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ) STRING # timeLiteral
    | INTERVAL intervalText                                 # intervalLiteral
    | BINARY_TEXT                                           # binaryLiteral
    ;

intervalText
    : sign=(MINUS | PLUS)? STRING ({atUnit()}? from=identifier (TO to=identifier)?)? # intervalString
    | intervalPart+                                         # intervalParts
    ;

intervalPart : sign=(MINUS | PLUS)? amount=(INTEGER | DECIMAL_NUMBER | STRING) unit=identifier ;

// ---- types

dataType
    : identifier LT dataType GT                             # arrayType
    | identifier LT dataType COMMA dataType GT              # mapType
    | identifier LT structField (COMMA structField)* GT     # structType
    | identifier LPAREN INTEGER (COMMA INTEGER)? RPAREN     # decimalType
    | INTERVAL identifier (TO identifier)?                  # intervalType
    | (identifier | DATE | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ) # simpleType
    ;

structField : identifier COLON? dataType (NOT NULL)? ;

columnDefinition : identifier COLON? dataType (NOT NULL)? ;

// ---- names

identifier
    : WORD
    | QUOTED
    | nonReserved
    ;

nonReserved
    : ALL | ANY | BOTH | DATE | DIV | END | ESCAPE | FILTER | FOR | IGNORE | ILIKE | INTERVAL | LEADING | NULLS
    | PLACING | RESPECT | SOME | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ | TO | TRAILING | UNKNOWN
    ;

// a reserved word before a parenthesis can be nothing else where an operand begins
functionName
    : identifier
    | AND | BETWEEN | IN | LIKE | OR | RLIKE
    ;

// ---- words

ALL : 'ALL' ;
AND : 'AND' ;
ANY : 'ANY' ;
AS : 'AS' ;
BETWEEN : 'BETWEEN' ;
BOTH : 'BOTH' ;
CASE : 'CASE' ;
CAST : 'CAST' ;
DATE : 'DATE' ;
DISTINCT : 'DISTINCT' ;
DIV : 'DIV' ;
ELSE : 'ELSE' ;
END : 'END' ;
ESCAPE : 'ESCAPE' ;
FALSE : 'FALSE' ;
FILTER : 'FILTER' ;
FOR : 'FOR' ;
FROM : 'FROM' ;
IGNORE : 'IGNORE' ;
ILIKE : 'ILIKE' ;
IN : 'IN' ;
INTERVAL : 'INTERVAL' ;
IS : 'IS' ;
LEADING : 'LEADING' ;
LIKE : 'LIKE' ;
NOT : 'NOT' ;
NULL : 'NULL' ;
NULLS : 'NULLS' ;
OR : 'OR' ;
PLACING : 'PLACING' ;
RESPECT : 'RESPECT' ;
RLIKE : 'RLIKE' | 'REGEXP' ;
SOME : 'SOME' ;
THEN : 'THEN' ;
TIMESTAMP : 'TIMESTAMP' ;
TIMESTAMP_LTZ : 'TIMESTAMP_LTZ' ;
TIMESTAMP_NTZ : 'TIMESTAMP_NTZ' ;
TO : 'TO' ;
TRAILING : 'TRAILING' ;
TRUE : 'TRUE' ;
TRY_CAST : 'TRY_CAST' ;
UNKNOWN : 'UNKNOWN' ;
WHEN : 'WHEN' ;
WHERE : 'WHERE' ;

// ---- signs

AMPERSAND : '&' ;
BANG : '!' ;
COLONCOLON : '::' ;
COLON : ':' ;
COMMA : ',' ;
CONCAT : '||' ;
DOT : '.' ;
EQEQ : '==' ;
EQ : '=' ;
GTE : '>=' ;
GT : '>' ;
HAT : '^' ;
LPAREN : '(' ;
NSEQ : '<=>' ;
LTE : '<=' ;
NEQ : '<>' | '!=' ;
LT : '<' ;
MINUS : '-' ;
PERCENT : '%' ;
PIPE : '|' ;
PLUS : '+' ;
RPAREN : ')' ;
SLASH : '/' ;
STAR : '*' ;
TILDE : '~' ;

// ---- values

STRING : '\'' ( ~['\\] | '\\' . | '\'\'' )* '\'' | '"' ( ~["\\] | '\\' . | '""' )* '"' ;
RAW_TEXT : 'R' ( '\'' ~'\''* '\'' | '"' ~'"'* '"' ) ;
BINARY_TEXT : 'X' ( '\'' ~'\''* '\'' | '"' ~'"'* '"' ) ;
INTEGER : DIGIT+ [LSY]? ;
DOUBLE_NUMBER : DIGITS ( EXPONENT [DF]? | [DF] ) ;
BIG_DECIMAL : DIGITS EXPONENT? 'BD' ;
DECIMAL_NUMBER : DIGIT+ '.' DIGIT* | '.' DIGIT+ ;
WORD : [\p{L}_] [\p{L}\p{N}_]* ;
QUOTED : '`' ( ~'`' | '``' )+ '`' ;

LINE_COMMENT : '--' ~[\r\n]* -> skip ;
BLOCK_COMMENT : '/*' .*? '*/' -> skip ;
SPACE : [ \t\r\n]+ -> skip ;

fragment DIGIT : [0-9] ;
fragment DIGITS : DIGIT+ ('.' DIGIT*)? | '.' DIGIT+ ;
fragment EXPONENT : 'E' [+-]? DIGIT+ ;

// must be last: what nothing else takes is named in the error
UNRECOGNIZED : . ;
