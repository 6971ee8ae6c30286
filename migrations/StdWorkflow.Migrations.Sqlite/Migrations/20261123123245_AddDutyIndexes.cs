using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace StdWorkflow.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddDutyIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "CommitteeId",
                table: "Tracks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql("UPDATE \"Tracks\" SET \"CommitteeId\" = (SELECT w.\"CommitteeId\" FROM \"WorkItems\" w WHERE w.\"Id\" = \"Tracks\".\"WorkItemId\")");

            migrationBuilder.CreateIndex(
                name: "IX_Tracks_CommitteeId_DeadlineKey",
                table: "Tracks",
                columns: new[] { "CommitteeId", "DeadlineKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Disposition_ConsultationId",
                table: "Comments",
                columns: new[] { "Disposition", "ConsultationId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tracks_CommitteeId_DeadlineKey",
                table: "Tracks");

            migrationBuilder.DropIndex(
                name: "IX_Comments_Disposition_ConsultationId",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "CommitteeId",
                table: "Tracks");
        }
    }
}
