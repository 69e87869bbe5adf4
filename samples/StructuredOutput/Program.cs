using System.ComponentModel.DataAnnotations;
using System.Globalization;
using RouterGen;
using RouterGen.FakeProviders;
using RouterGen.Samples;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using SampleProviders providers = await SampleProviders.StartAsync();
var models = new Models(providers.Options);
const string Letter = "We would like 3 of the blue lamps at 24.50 each and one desk for 180, by Friday. Kim, Harbour Hotel";
const string Good = """{"customer":"Harbour Hotel","lines":[{"item":"Blue lamp","quantity":3,"price":24.5},{"item":"Desk","quantity":1,"price":180}],"urgency":"Soon"}""";

// The build has made a JSON schema and a reader of the type Order. The deployment is asked by the best mechanism that it has.
providers["openai/gpt-6-luna"].ReplyWith(new Reply { Text = Good });
StructuredResponse<Order> answer = await models.Orders.CompleteAsync<Order>($"Read this order: {Letter}");
Console.WriteLine($"{answer.Value.Customer} orders for {answer.Value.Total:F2} [{answer.Response.ModelUsed}, by {answer.Mechanism}]");
foreach (OrderLine line in answer.Value.Lines) Console.WriteLine($"  {line.Quantity} x {line.Item}, {line.Price:F2} each");

// An answer that breaks a rule goes back to the model once, with the path and the reason.
providers["openai/gpt-6-luna"].ReplyWith(new Reply { Text = Good.Replace("\"quantity\":3", "\"quantity\":-3", StringComparison.Ordinal) }, new Reply { Text = Good });
StructuredResponse<Order> repaired = await models.Orders.CompleteAsync<Order>($"Read this order: {Letter}");
Console.WriteLine($"A quantity of -3 was repaired: {repaired.Repaired}, after {repaired.Attempts.Count} attempts, ${repaired.Cost}");

// A stream hands the value out as far as it has come.
providers["openai/gpt-6-luna"].ReplyWith(new Reply { Text = Good, Deltas = 12 });
int parts = 0;
await foreach (PartialAnswer<Order> part in models.Orders.StreamAsync<Order>($"Read this order: {Letter}"))
{
    parts++;
    if (part.IsComplete) Console.WriteLine($"A stream of {parts} parts, the last one complete: {part.Value.Lines.Count} lines, {part.Value.Urgency}");
}

// What cannot be repaired is one exception, with the raw text.
providers["openai/gpt-6-luna"].ReplyWith(new Reply { Text = "I would rather not." });
try
{
    await models.Orders.CompleteAsync<Order>($"Read this order: {Letter}");
    return 1;
}
catch (StructuredAnswerException failure)
{
    Console.WriteLine($"No order: {failure.Error}, the model said \"{failure.RawText}\"");
    return 0;
}

/// <summary>An order of a customer.</summary>
/// <param name="Customer">The company that orders.</param>
/// <param name="Lines">What is ordered.</param>
/// <param name="Urgency">How soon it is wanted.</param>
[StructuredAnswer]
internal sealed partial record Order(string Customer, [property: MinLength(1)] List<OrderLine> Lines, Urgency Urgency)
{
    public decimal Total => Lines.Sum(line => line.Quantity * line.Price);
}

/// <param name="Item">The name in the catalogue, in the singular.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Price">The price of one, in euros.</param>
internal sealed record OrderLine(string Item, [property: Range(1, 1000)] int Quantity, decimal Price);

internal enum Urgency
{
    Whenever,
    Soon,
    Today,
}

[ModelGroup("orders")]
[Deployment("openai/gpt-6-luna")]
[Deployment("anthropic/claude-haiku-5-5", Order = 1)]
internal sealed partial class Models;
