/*
 * The SQL that Rivulet reads: so far scalar expressions, types and column lists. Statements will be added here.
 * Keywords have no case; words that are not reserved may also be names.
 */
grammar RivuletSql;

options { caseInsensitive = true; }

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
    : NOT expression                                        # logicalNot
    | left=expression AND right=expression                  # logicalAnd
    | left=expression OR right=expression                   # logicalOr
    | predicate                                             # plainPredicate
    ;

predicate
    : value                                                                         # plainValue
    | left=predicate operator=(EQ | EQEQ | NEQ | LT | LTE | GT | GTE | NSEQ) right=value # comparison
    | predicate IS NOT? NULL                                                        # isNull
    | predicate IS NOT? truth=(TRUE | FALSE)                                        # isTruth
    | left=predicate IS NOT? DISTINCT FROM right=value                              # isDistinct
    | predicate NOT? BETWEEN low=value AND high=value                               # between
    | predicate NOT? IN LPAREN expression (COMMA expression)* RPAREN                # inList
    | predicate NOT? operator=(LIKE | RLIKE) pattern=value                          # like
    ;

value
    : primary                                               # plainPrimary
    | operator=(MINUS | PLUS) value                         # signed
    | left=value operator=(STAR | SLASH | PERCENT | DIV) right=value # product
    | left=value operator=(PLUS | MINUS) right=value        # sum
    | left=value CONCAT right=value                         # concatenation
    ;

primary
    : literal                                               # constant
    | CASE operand=expression? whenClause+ (ELSE otherwise=expression)? END # caseWhen
    | name=(CAST | TRY_CAST) LPAREN expression AS dataType RPAREN # cast
    | primary COLONCOLON dataType                           # castOperator
    | primary DOT identifier                                # fieldAccess
    | identifier LPAREN (DISTINCT? (STAR | expression (COMMA expression)*))? RPAREN
      (FILTER LPAREN WHERE expression RPAREN)?              # functionCall
    | identifier                                            # column
    | LPAREN expression RPAREN                              # parenthesis
    ;

whenClause : WHEN condition=expression THEN result=expression ;

literal
    : NULL                                                  # nullLiteral
    | truth=(TRUE | FALSE)                                  # booleanLiteral
    | INTEGER                                               # integerLiteral
    | DECIMAL_NUMBER                                        # decimalLiteral
    | DOUBLE_NUMBER                                         # doubleLiteral
    | STRING+                                               # stringLiteral
    | type=(DATE | TIMESTAMP | TIMESTAMP_NTZ) STRING        # timeLiteral
    | INTERVAL intervalText                                 # intervalLiteral
    | BINARY_TEXT                                           # binaryLiteral
    ;

intervalText
    : STRING (from=identifier (TO to=identifier)?)?         # intervalString
    | (MINUS? INTEGER identifier)+                          # intervalParts
    ;

// ---- types

dataType
    : identifier LT dataType GT                             # arrayType
    | identifier LT dataType COMMA dataType GT              # mapType
    | identifier LT structField (COMMA structField)* GT     # structType
    | identifier LPAREN INTEGER (COMMA INTEGER)? RPAREN     # decimalType
    | INTERVAL identifier (TO identifier)?                  # intervalType
    | (identifier | DATE | TIMESTAMP | TIMESTAMP_NTZ)       # simpleType
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
    : DATE | TIMESTAMP | TIMESTAMP_NTZ | FILTER | INTERVAL | DIV | END | TO
    ;

// ---- words

AND : 'AND' ;
AS : 'AS' ;
BETWEEN : 'BETWEEN' ;
CASE : 'CASE' ;
CAST : 'CAST' ;
DATE : 'DATE' ;
DISTINCT : 'DISTINCT' ;
DIV : 'DIV' ;
ELSE : 'ELSE' ;
END : 'END' ;
FALSE : 'FALSE' ;
FILTER : 'FILTER' ;
FROM : 'FROM' ;
IN : 'IN' ;
INTERVAL : 'INTERVAL' ;
IS : 'IS' ;
LIKE : 'LIKE' ;
NOT : 'NOT' ;
NULL : 'NULL' ;
OR : 'OR' ;
RLIKE : 'RLIKE' ;
THEN : 'THEN' ;
TIMESTAMP : 'TIMESTAMP' ;
TIMESTAMP_NTZ : 'TIMESTAMP_NTZ' ;
TO : 'TO' ;
TRUE : 'TRUE' ;
TRY_CAST : 'TRY_CAST' ;
WHEN : 'WHEN' ;
WHERE : 'WHERE' ;

// ---- signs

COLONCOLON : '::' ;
COLON : ':' ;
COMMA : ',' ;
CONCAT : '||' ;
DOT : '.' ;
EQEQ : '==' ;
EQ : '=' ;
GTE : '>=' ;
GT : '>' ;
LPAREN : '(' ;
NSEQ : '<=>' ;
LTE : '<=' ;
NEQ : '<>' | '!=' ;
LT : '<' ;
MINUS : '-' ;
PERCENT : '%' ;
PLUS : '+' ;
RPAREN : ')' ;
SLASH : '/' ;
STAR : '*' ;

// ---- values

STRING : '\'' ( ~['\\] | '\\' . | '\'\'' )* '\'' | '"' ( ~["\\] | '\\' . | '""' )* '"' ;
BINARY_TEXT : 'X' '\'' [0-9A-F]* '\'' ;
INTEGER : DIGIT+ 'L'? ;
DOUBLE_NUMBER : ( DIGIT+ ('.' DIGIT*)? | '.' DIGIT+ ) ( 'E' [+-]? DIGIT+ 'D'? | 'D' ) ;
DECIMAL_NUMBER : DIGIT+ '.' DIGIT* | '.' DIGIT+ ;
WORD : [\p{L}_] [\p{L}\p{N}_]* ;
QUOTED : '`' ( ~'`' | '``' )+ '`' ;

LINE_COMMENT : '--' ~[\r\n]* -> skip ;
BLOCK_COMMENT : '/*' .*? '*/' -> skip ;
SPACE : [ \t\r\n]+ -> skip ;

fragment DIGIT : [0-9] ;

// must be last: what nothing else takes is named in the error
UNRECOGNIZED : . ;
