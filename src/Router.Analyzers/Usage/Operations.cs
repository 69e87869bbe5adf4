using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RouterGen.Analyzers.Usage;

/// <summary>Walks through the compiler's operations.</summary>
internal static class Operations
{
    /// <summary>The value before the compiler, or the user, converted it.</summary>
    public static IOperation WithoutConversions(this IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion) operation = conversion.Operand;
        return operation;
    }

    /// <summary>What uses a value: its parent, past conversions and parentheses.</summary>
    public static IOperation? User(this IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation) parent = parent.Parent;
        return parent;
    }

    /// <summary>The whole body, initializer or attribute that an operation is in.</summary>
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent) operation = parent;
        return operation;
    }

    /// <summary>All places where a local is named, in the body that declares it.</summary>
    public static IEnumerable<ILocalReferenceOperation> ReferencesTo(this IOperation root, ILocalSymbol local) =>
        root.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local));

    /// <summary>The local that a value is the initial value of.</summary>
    public static ILocalSymbol? DeclaredLocal(this IOperation value) =>
        value.User() is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol : null;
}
