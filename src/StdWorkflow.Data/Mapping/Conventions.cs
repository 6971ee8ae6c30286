using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Data.Mapping;

internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder conventions, DatabaseProvider provider)
    {
        conventions.IgnoreAny<DomainEvent>();
        conventions.ComplexProperties<LocalizedText>();
        conventions.Properties<DateTime>().HaveConversion<UtcMicroseconds>().HavePrecision(6);
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(TextSizes.Enum);
        ProviderChoice.Convene(conventions, provider);
        conventions.Conventions.Add(_ => new HouseRules());
    }
}

/// <summary>What holds for every mapped type unless its own map says otherwise.</summary>
internal sealed class HouseRules : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var type in modelBuilder.Metadata.GetEntityTypes())
        {
            KeysAreMadeInCode(type);
            NameLocalizedColumns(type);
            if (typeof(Aggregate).IsAssignableFrom(type.ClrType))
            {
                type.FindProperty(nameof(Aggregate.Version))?.SetIsConcurrencyToken(true);
                type.FindProperty(nameof(Aggregate.LastHash))?.SetMaxLength(TextSizes.Hash);
            }

            foreach (var foreignKey in type.GetDeclaredForeignKeys()) DeleteNothingUnasked(foreignKey);
        }
    }

    private static void KeysAreMadeInCode(IConventionEntityType type)
    {
        foreach (var property in type.GetDeclaredKeys().SelectMany(key => key.Properties))
            if (property.ClrType == typeof(Guid)) property.SetValueGenerated(ValueGenerated.Never);
    }

    private static void NameLocalizedColumns(IConventionTypeBase type)
    {
        foreach (var complex in type.GetDeclaredComplexProperties())
        {
            if (complex.ClrType != typeof(LocalizedText))
            {
                NameLocalizedColumns(complex.ComplexType);
                continue;
            }

            foreach (var language in complex.ComplexType.GetDeclaredProperties())
                if (!complex.ComplexType.IsMappedToJson()) language.SetColumnName(complex.Name + language.Name);
        }
    }

    // SQL Server refuses two cascade paths to one table, and roots are never deleted anyway. A part is removed by taking
    // it out of its root, which EF does without the database's help.
    private static void DeleteNothingUnasked(IConventionForeignKey foreignKey)
    {
        if (foreignKey.IsOwnership || foreignKey.DeclaringEntityType.ClrType.Namespace?.StartsWith("Microsoft.", StringComparison.Ordinal) == true) return;
        var partInItsWhole = typeof(Part).IsAssignableFrom(foreignKey.DeclaringEntityType.ClrType) && foreignKey.PrincipalToDependent is not null;
        foreignKey.SetDeleteBehavior(partInItsWhole ? DeleteBehavior.ClientCascade : DeleteBehavior.Restrict);
    }
}
