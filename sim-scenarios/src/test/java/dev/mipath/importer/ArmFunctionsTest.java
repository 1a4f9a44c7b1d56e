package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.format.Problem;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A template expression")
class ArmFunctionsTest {
    private static final String TEMPLATE = Imports.template("""
            'parameters': {
              'given': {'type': 'string', 'defaultValue': 'abc'},
              'open': {'type': 'string'},
              'other': {'type': 'string'},
              'optional': {'type': 'string', 'nullable': true},
              'list': {'type': 'array', 'defaultValue': ['x', 'y', 'z']},
              'object': {'type': 'object', 'defaultValue': {'a': 1, 'b': {'c': 'deep'}}}
            },
            'variables': {
              'twice': '[concat(parameters("given"), parameters("given"))]',
              'open': '[concat("v-", parameters("open"))]',
              'copy': [{'name': 'squares', 'count': 3, 'input': '[mul(copyIndex("squares"), copyIndex("squares"))]'}]
            },
            'resources': []
            """);

    private static ArmEvaluator evaluator(Problems problems) {
        Node.Obj root = (Node.Obj) JsonReader.read("t.json", TEMPLATE.getBytes(StandardCharsets.UTF_8));
        return new ArmEvaluator(
                root, ImmutableMap.of(), ArmScope.ANY, new ArmRun(problems, new Notices(), new ArmLinks()));
    }

    private static String evaluate(String expression) {
        Problems problems = new Problems();
        Node value = evaluator(problems).evaluate(new Node.Str(new Place("e.json", 1, "/e"), expression));
        assertThat(problems.list()).isEmpty();
        return value instanceof Node.Unknown ? "UNKNOWN " + Opaque.canonical(value) : Opaque.canonical(value);
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    plain text                                       | 'plain text'
                    [[not an expression]                             | '[not an expression]'
                    [ 'it''s' ]                                      | 'it''s'
                    [concat('a', 'b', 1, true())]                    | 'ab1True'
                    [concat(parameters('list'), createArray(1))]     | createArray('x', 'y', 'z', 1)
                    [concat(parameters('open'), '-nsg')]             | '‹open›-nsg'
                    [concat(parameters('open'))]                     | UNKNOWN parameters('open')
                    [variables('twice')]                             | 'abcabc'
                    [VARIABLES('Twice')]                             | 'abcabc'
                    [variables('open')]                              | 'v-‹open›'
                    [variables('squares')]                           | createArray(0, 1, 4)
                    [variables('squares')[2]]                        | 4
                    [parameters('object').b.c]                       | 'deep'
                    [parameters('object')['b'].c]                    | 'deep'
                    [parameters('object').?none]                     | null()
                    [parameters('optional')]                         | null()
                    [tryGet(parameters('object'), 'b', 'x')]         | null()
                    [coalesce(parameters('optional'), 'standard')]   | 'standard'
                    [format('{0}-{1:D3}/{{}}', 'a', 7)]              | 'a-007/{}'
                    [format('{0}', parameters('open'))]              | UNKNOWN parameters('open')
                    [if(equals(1, 1), 'yes', 'no')]                  | 'yes'
                    [if(equals(parameters('open'), 'a'), 1, 1)]      | 1
                    [if(equals(parameters('open'), 'a'), 1, 2)]      | UNKNOWN if(equals(parameters('open'), 'a'), 1, 2)
                    [equals(parameters('open'), parameters('open'))] | true()
                    [equals('A', 'a')]                               | false()
                    [and(false(), equals(parameters('open'), 'a'))]  | false()
                    [or(true(), equals(parameters('open'), 'a'))]    | true()
                    [not(empty(''))]                                 | false()
                    [empty(parameters('list'))]                      | false()
                    [empty(concat('x', parameters('open')))]         | false()
                    [greater(length(parameters('list')), 2)]         | true()
                    [lessOrEquals('a', 'b')]                         | true()
                    [contains(parameters('list'), 'y')]              | true()
                    [contains('VirtualNetwork', 'network')]          | true()
                    [contains(parameters('object'), 'A')]            | true()
                    [first('abc')]                                   | 'a'
                    [last(parameters('list'))]                       | 'z'
                    [take('abcdef', 3)]                              | 'abc'
                    [take(parameters('open'), 13)]                   | UNKNOWN take(parameters('open'), 13)
                    [skip(parameters('list'), 2)]                    | createArray('z')
                    [substring('abcdef', 2, 3)]                      | 'cde'
                    [replace('10.0.0.0/16', '/', '-')]               | '10.0.0.0-16'
                    [split('a,b', ',')]                              | createArray('a', 'b')
                    [join(parameters('list'), '+')]                  | 'x+y+z'
                    [toLower('ABC')]                                 | 'abc'
                    [padLeft('7', 3, '0')]                           | '007'
                    [indexOf('abc', 'C')]                            | 2
                    [startsWith('abc', 'AB')]                        | true()
                    [string(1)]                                      | '1'
                    [int('12')]                                      | 12
                    [bool('true')]                                   | true()
                    [json('{"a": [1]}').a[0]]                        | 1
                    [base64('abc')]                                  | 'YWJj'
                    [uri('https://a/b/', 'c.json')]                  | 'https://a/b/c.json'
                    [add(1, mul(2, sub(9, mod(7, 4))))]              | 13
                    [min(3, 1, 2)]                                   | 1
                    [max(createArray(3, 9))]                         | 9
                    [range(2, 3)]                                    | createArray(2, 3, 4)
                    [union(createArray(1, 2), createArray(2, 3))]    | createArray(1, 2, 3)
                    [union(createObject('a', 1), createObject('a', 2, 'b', 3))] | createObject('a', 2, 'b', 3)
                    [map(parameters('list'), lambda('i', concat(lambdaVariables('i'), '!')))] | createArray('x!', 'y!', 'z!')
                    [filter(range(0, 5), lambda('i', greater(lambdaVariables('i'), 2)))]      | createArray(3, 4)
                    [cidrSubnet('10.0.0.0/16', 24, 3)]               | '10.0.3.0/24'
                    [cidrSubnet('2001:db8::/32', 48, 1)]             | '2001:db8:1::/48'
                    [cidrHost('10.0.3.0/24', 3)]                     | '10.0.3.4'
                    [cidrHost('2001:db8::/64', 0)]                   | '2001:db8::1'
                    [parseCidr('10.144.0.0/20')]                     | createObject('network', '10.144.0.0', 'netmask', '255.255.240.0', 'broadcast', '10.144.15.255', 'firstUsable', '10.144.0.1', 'lastUsable', '10.144.15.254', 'cidr', 20)
                    [parseCidr('fdad:3236:5555::/48').netmask]       | 'ffff:ffff:ffff::'
                    [parseCidr('10.0.0.1/32').lastUsable]            | '10.0.0.1'
                    [indexFromEnd(parameters('list'), 1)]            | 'z'
                    [tryIndexFromEnd(parameters('list'), 4)]         | null()
                    [lastIndexOf(createArray(1, 2, 1), 1)]           | 2
                    [lastIndexOf('abcB', 'b')]                       | 3
                    [intersection(createObject('a', 1, 'b', 2), createObject('b', 2, 'a', 3))] | createObject('b', 2)
                    [intersection(parameters('list'), createArray('z', 'x'))] | createArray('x', 'z')
                    [objectKeys(parameters('object'))]               | createArray('a', 'b')
                    [items(parameters('object'))[0].value]           | 1
                    [shallowMerge(createArray(createObject('a', 1), createObject('a', 2)))] | createObject('a', 2)
                    [flatten(createArray(createArray(1), createArray(2, 3)))] | createArray(1, 2, 3)
                    [string(parameters('object'))]                   | '{"a":1,"b":{"c":"deep"}}'
                    [string(createArray('a"b', true(), null()))]     | '["a\\"b",true,null]'
                    [string(createArray(parameters('open')))]        | UNKNOWN string(createArray(parameters('open')))
                    [base64ToString('YWJj')]                         | 'abc'
                    [base64ToJson('eyJhIjoxfQ==').a]                 | 1
                    [dataUriToString(dataUri('Hello'))]              | 'Hello'
                    [dataUri('Hello')]                               | 'data:text/plain;charset=utf8;base64,SGVsbG8='
                    [uriComponentToString(uriComponent('a b+c/ä'))]  | 'a b+c/ä'
                    [toObject(parameters('list'), lambda('i', lambdaVariables('i')), lambda('i', 1))] | createObject('x', 1, 'y', 1, 'z', 1)
                    [groupBy(range(1, 3), lambda('i', if(equals(mod(lambdaVariables('i'), 2), 0), 'even', 'odd')))] | createObject('odd', createArray(1, 3), 'even', createArray(2))
                    [mapValues(createObject('a', 1), lambda('v', add(lambdaVariables('v'), 1)))] | createObject('a', 2)
                    [sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))] | createArray(1, 2, 3)
                    [reduce(range(1, 3), 0, lambda('sum', 'i', add(lambdaVariables('sum'), lambdaVariables('i'))))] | 6
                    [dateTimeAdd(utcNow(), 'P1D')]                   | UNKNOWN dateTimeAdd(utcNow(), 'P1D')
                    [listAccountSas(parameters('given'), '2021-04-01')] | UNKNOWN listAccountSas('abc', '2021-04-01')
                    [sys.toUpper('a')]                               | 'A'
                    [managementGroupResourceId('Microsoft.Authorization/policyDefinitions', 'p')] | '/providers/Microsoft.Management/managementGroups/‹managementGroup›/providers/Microsoft.Authorization/policyDefinitions/p'
                    [resourceId('Microsoft.Network/routeTables', 'rt')] | '/subscriptions/‹subscription›/resourceGroups/‹resourceGroup›/providers/Microsoft.Network/routeTables/rt'
                    [resourceId('rg', 'Microsoft.Network/virtualNetworks/subnets', 'v', 's')] | '/subscriptions/‹subscription›/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s'
                    [resourceId('sub', 'rg', 'Microsoft.Network/virtualNetworks', parameters('open'))] | '/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/‹open›'
                    [resourceId(resourceGroup().name, 'Microsoft.Network/routeTables', 'rt')] | '/subscriptions/‹subscription›/resourceGroups/‹resourceGroup›/providers/Microsoft.Network/routeTables/rt'
                    [subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r')] | '/subscriptions/‹subscription›/providers/Microsoft.Authorization/roleDefinitions/r'
                    [resourceGroup().location]                       | UNKNOWN resourceGroup().location
                    [uniqueString(resourceGroup().id)]               | UNKNOWN uniqueString(resourceGroup().id)
                    [concat('vm', uniqueString(resourceGroup().id))] | 'vm‹uniqueString(resourceGroup().id)›'
                    [deployment().properties.templateLink.uri]       | UNKNOWN deployment().properties.templateLink.uri
                    [reference('vnet').addressSpace]                 | UNKNOWN reference('vnet').addressSpace
                    [environment().suffixes.sqlServerHostname]       | UNKNOWN environment().suffixes.sqlServerHostname
                    """)
    void gives(String expression, String expected) {
        assertThat(evaluate(expression)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    [concat('a'                     | the expression ends too early
                    [concat('a]                     | has no closing quote
                    [1 + 2]                         | unexpected `+` in character 4
                    [parameters('nobody')]          | the template declares no parameter `nobody`
                    [variables('nobody')]           | the template declares no variable `nobody`
                    [parameters('object').nobody]   | the object has no member `nobody`
                    [parameters('list')[3]]         | element 3 is asked of an array of 3
                    [copyIndex()]                   | `copyIndex` stands outside of a copy loop
                    [add(1)]                        | `add` is given 1 arguments
                    [fail('no region')]             | the template fails by itself: `no region`
                    [base64ToString('§')]           | argument 1 of `base64ToString` is not base64
                    [indexFromEnd(createArray(1), 2)] | element -1 is asked of an array of 1
                    [int('abc')]                    | argument 1 of `int` is not a whole number
                    [div(1, 0)]                     | `div` has no result in 64 bits
                    [substring('abc', 2, 5)]        | reaches past the end of the text
                    [resourceId('Microsoft.Network/routeTables', 'a', 'b')] | another number of names
                    [cidrSubnet('10.0.0.0/16', 24, 256)] | `cidrSubnet` leaves the block
                    """)
    void isRefused(String expression, String problem) {
        Problems problems = new Problems();
        evaluator(problems)
                .evaluate(
                        new Node.Str(new Place("e.json", 7, "/e"), expression + (expression.endsWith("]") ? "" : "]")));
        assertThat(problems.list()).singleElement().satisfies(found -> {
            assertThat(found.problem()).contains(problem);
            assertThat(found.toString()).startsWith("e.json:7 at /e: ");
        });
    }

    @Test
    @DisplayName("keeps its own place and behind it the one of the parameter")
    void places() {
        Place here = new Place("e.json", 7, "/e");
        Node value = evaluator(new Problems()).evaluate(new Node.Str(here, "[concat(parameters('given'), '-x')]"));
        assertThat(value.place().toString()).isEqualTo("e.json:7 at /e");
        assertThat(value.place().behind()).hasToString("t.json:3 at /parameters/given/defaultValue");
    }

    @Test
    @DisplayName("through a variable leads back to the parameter")
    void chain() {
        Node value =
                evaluator(new Problems()).evaluate(new Node.Str(new Place("e.json", 7, "/e"), "[variables('twice')]"));
        Place variable = value.place().behind();
        if (variable == null) throw new AssertionError("the variable is behind the expression");
        assertThat(variable).hasToString("t.json:11 at /variables/twice");
        assertThat(variable.behind()).hasToString("t.json:3 at /parameters/given/defaultValue");
    }

    @Test
    @DisplayName("that is not modelled is unknown, with a notice")
    void unmodelled() {
        Problems problems = new Problems();
        Notices notices = new Notices();
        Node.Obj root = (Node.Obj) JsonReader.read("t.json", TEMPLATE.getBytes(StandardCharsets.UTF_8));
        Node value = new ArmEvaluator(
                        root, ImmutableMap.of(), ArmScope.ANY, new ArmRun(problems, notices, new ArmLinks()))
                .evaluate(new Node.Str(new Place("e.json", 7, "/e"), "[contoso.name('a')]"));
        assertThat(Opaque.canonical(value)).isEqualTo("contoso.name('a')");
        assertThat(problems.list()).extracting(Problem::toString).isEmpty();
        assertThat(notices.list())
                .singleElement()
                .satisfies(notice -> assertThat(notice.code()).isEqualTo("FUNCTION_NOT_MODELLED"));
    }
}
