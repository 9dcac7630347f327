/** Shapes of keeping departments (MSG-6). */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Department = Schemas['DepartmentView'];
export type NewDepartment = Required<Schemas['NewDepartmentBody']>;
export type DepartmentPatch = Schemas['DepartmentEditBody'];
export type Audience = Department['audience'];

export const AUDIENCES: readonly Audience[] = ['everyone', 'administrators', 'staff'];
