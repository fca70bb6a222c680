/**
 * The registry of everything that can go wrong, on one page. A code is stable and never reused; a retired one stays
 * listed as `retired: true`. `http` is the status on the local site, `exit` the exit code of the command line
 * (2: the input is wrong; 3: the evidence is damaged; 4: refused by a rule; 1: anything else).
 * A test checks that each code has `says` and `remedy` in all three languages.
 */
interface ProblemKind {
  readonly http: number;
  readonly exit: number;
}
const input = { http: 400, exit: 2 } as const;
const notFound = { http: 404, exit: 2 } as const;
const damaged = { http: 500, exit: 3 } as const;
const refused = { http: 409, exit: 4 } as const;
const forbidden = { http: 403, exit: 4 } as const;
const failed = { http: 500, exit: 1 } as const;

export const PROBLEMS = {
  // study packages
  study_file_missing: input,
  study_file_unreadable: input,
  study_file_unexpected: input,
  study_shape: input,
  study_key_unknown: input,
  study_name_reserved: input,
  study_field_needs: input,
  study_field_key_unfit: input,
  study_sensitivity_low: input,
  study_upgrade_missing: input,
  study_dates_reversed: input,
  study_date_impossible: input,
  study_name_unknown: input,
  study_name_twice: input,
  study_cycle: input,
  study_label_missing: input,
  study_sensitivity_missing: input,
  study_expression_syntax: input,
  study_expression_type: input,
  study_field_unknown: input,
  study_code_unknown: input,
  study_crosswalk_unmapped: input,
  study_base_missing: input,
  study_changed_without_version: refused,
  study_unit_division: input,
  // records and log
  record_value_invalid: input,
  record_required: input,
  record_constraint: input,
  record_not_relevant: input,
  entry_signature_invalid: damaged,
  entry_chain_broken: damaged,
  entry_id_reused: refused,
  entry_shape: input,
  review_same_person: refused,
  log_tampered: damaged,
  log_not_durable: failed,
  data_folder_missing: notFound,
  data_folder_in_use: refused,
  data_folder_exists: refused,
  data_folder_newer: refused,
  data_folder_read_only: refused,
  data_folder_damaged: damaged,
  // import
  import_mapping_shape: input,
  import_column_unknown: input,
  import_column_unnamed: input,
  import_column_twice: input,
  import_sheet_unknown: input,
  import_person_code: input,
  import_row_width: input,
  import_reference_unknown: input,
  import_file_changed: refused,
  import_encoding: input,
  import_not_a_table: input,
  import_file_too_large: input,
  import_limit: input,
  import_zip_unsafe: input,
  import_formula: input,
  import_merged_cells: input,
  import_code_unknown: input,
  import_value_type: input,
  import_date_impossible: input,
  import_date_outside_period: input,
  import_range_reversed: input,
  import_mixed_script: input,
  import_key_missing: input,
  import_key_twice: input,
  import_required: input,
  import_constraint: input,
  import_row_rejected: input,
  identity_needs_sealing: forbidden,
  // tables, report
  table_unknown: notFound,
  table_field_unknown: input,
  table_definition: input,
  cell_unknown: notFound,
  period_unknown: notFound,
  snapshot_identity_field: forbidden,
  report_binding_broken: input,
  report_claim_false: input,
  report_claim_refused: input,
  report_bare_number: input,
  report_languages_differ: input,
  report_tag_unknown: input,
  report_tag_attribute: input,
  report_source_shape: input,
  report_format_unknown: input,
  // figures
  figure_measure_unknown: input,
  figure_empty: input,
  figure_vintage_missing: input,
  figure_unit_unknown: input,
  figure_map_dimensions: input,
  figure_plan_missing: input,
  figure_too_many_parts: input,
  figure_not_parts: input,
  boundaries_not_geojson: input,
  boundaries_too_large: input,
  boundaries_object_unknown: input,
  boundaries_feature_without_id: input,
  boundaries_feature_unmapped: input,
  boundaries_feature_unknown: input,
  boundaries_unit_unknown: input,
  boundaries_coordinates: input,
  boundaries_not_area: input,
  // site and command line
  command_unknown: input,
  option_unknown: input,
  option_missing: input,
  host_refused: forbidden,
  request_invalid: input,
  not_found: notFound,
  runtime_too_old: failed,
  engine_not_installed: failed,
  unexpected: failed,
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;
